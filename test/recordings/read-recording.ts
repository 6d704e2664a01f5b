import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { VydonOptions } from "tenantry/mock";
import {
  type Json,
  noError,
  type RecordedCall as ProxiedCall,
} from "../../src/mock/node/recording/recorded-call.js";

export type { Json };

/** A call and the real server's response, with the recorder's words for it. If the request is a string, it is the body as it was sent. */
export interface RecordedCall extends Omit<ProxiedCall, "time" | "service"> {
  /** A service of Vydon, without its package. Left out for the UserAccountService. */
  readonly service?: string;
  readonly section: string;
  readonly label: string;
}

/** A change of the server that was made outside of the API. */
export interface RecordedLever {
  readonly step: number;
  readonly lever: string;
  readonly request: Readonly<Record<string, Json>>;
  /** False for a lever without effect in this mode. */
  readonly ok: boolean;
}

/** A line of a recording after the first. */
type Step = RecordedCall | RecordedLever;

/** Checks whether a step is a lever. */
export function isLever(step: Step): step is RecordedLever {
  return "lever" in step;
}

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

/** Reads a line, which may leave out empty fields. */
function parseStep(line: string): Step {
  const step: Step = JSON.parse(line);
  if (isLever(step)) return { ...step, ok: step.ok ?? true };
  const empty = { section: "", label: "", ...noError, response: null };
  return { ...empty, ...step };
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
