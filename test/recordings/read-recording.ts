import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { VydonOptions } from "../../src/mock/index.js";
import { parseStep, type Step } from "../../src/mock/node/verify/recording.js";

export {
  isLever,
  type Json,
  type RecordedCall,
  type RecordedLever,
} from "../../src/mock/node/verify/recording.js";

/** A recording: the steps, in order, on a server with these options. */
export interface Recording {
  readonly name: string;
  readonly options: VydonOptions;
  readonly steps: readonly Step[];
}

/** The folder of the recordings. */
const folder = new URL(".", import.meta.url).pathname;

/** Returns the names of the recordings that can be replayed call by call. The others have their own tests. */
export function recordingNames(): string[] {
  return readdirSync(folder)
    .filter((file) => /^(scenario|noauth|auth-and-keys|walk)-.*\.jsonl$/.test(file))
    .map((file) => basename(file, ".jsonl"))
    .sort();
}

/** Reads a recording. Its first line describes the server. */
export function readRecording(name: string): Recording {
  const [first = "{}", ...lines] = readFileSync(join(folder, `${name}.jsonl`), "utf8")
    .trim()
    .split("\n");
  return { name, options: optionsOf(name, JSON.parse(first)), steps: lines.map(parseStep) };
}

/** Returns the server options of a recording from its first line and its name. Only the name contains the library versions. */
function optionsOf(name: string, { mode = "", rbac }: { mode?: string; rbac?: boolean }): VydonOptions {
  const words = new Set(name.split("-"));
  return {
    cloud: mode.startsWith("cloud"),
    rbac: rbac ?? !words.has("norbac"),
    auth: !mode.includes("no auth"),
    flavor: words.has("vydonlibs") ? "vydon" : "neosync",
  };
}
