import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import type { VydonOptions } from "../../src/mock/index.js";

/** A JSON value. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A call and what the real server answered. */
export interface RecordedCall {
  readonly step: number;
  readonly section: string;
  readonly label: string;
  /** Whose token was sent; null for none. */
  readonly as: string | null;
  /** Left out for the UserAccountService. */
  readonly service?: string;
  readonly method: string;
  /** A text is the body as it was sent. */
  readonly request: Json;
  readonly httpStatus: number;
  readonly code: string | null;
  readonly message: string | null;
  readonly details: Json;
  readonly response: Json;
}

/** Something that happened outside the API. */
export interface RecordedLever {
  readonly step: number;
  readonly lever: string;
  readonly request: Readonly<Record<string, Json>>;
  /** False for a lever without effect in this mode. */
  readonly ok: boolean;
}

/** One recording: what happened, in order, on a server with these options. */
export interface Recording {
  readonly name: string;
  readonly options: VydonOptions;
  readonly steps: readonly (RecordedCall | RecordedLever)[];
}

/** The folder of the recordings. */
const folder = new URL(".", import.meta.url).pathname;

/** The recordings that can be replayed call by call. The others have their own tests. */
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
  return { name, options: optionsOf(name, JSON.parse(first)), steps: lines.map(parse) };
}

/** Whether a step is a lever. */
export function isLever(step: RecordedCall | RecordedLever): step is RecordedLever {
  return "lever" in step;
}

/** A line of a recording. It may leave out what is empty. */
function parse(line: string): RecordedCall | RecordedLever {
  const step: RecordedCall | RecordedLever = JSON.parse(line);
  if (isLever(step)) return { ...step, ok: step.ok ?? true };
  const empty = { section: "", label: "", code: null, message: null, details: null, response: null };
  return { ...empty, ...step };
}

/** The server of a recording, by its first line and its name. The name alone tells whose library versions it has. */
function optionsOf(name: string, { mode = "", rbac }: { mode?: string; rbac?: boolean }): VydonOptions {
  const words = new Set(name.split("-"));
  return {
    cloud: mode.startsWith("cloud"),
    rbac: rbac ?? !words.has("norbac"),
    auth: !mode.includes("no auth"),
    flavor: words.has("vydonlibs") ? "vydon" : "neosync",
  };
}
