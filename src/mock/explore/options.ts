import {
  type Check,
  callback,
  list,
  object,
  oneOf,
  optional,
  text,
  wholeNumber,
  wrong,
} from "../engine/check-json.js";
import type { MockServer } from "../mock-server.js";
import { type ExploreFault, exploreFaults, readCase } from "./cases.js";

/** How {@link explore} runs a test. */
export interface ExploreOptions {
  /**
   * The maximum number of runs with a fault, in addition to the run without faults. If there are more cases, `randomSeed` chooses among
   * them. A whole number, at least 1. Default 200.
   */
  readonly runs?: number | undefined;
  /** Selects the cases if there are more than `runs`. The same number selects the same cases. A whole number, 0 or more. Default 1. */
  readonly randomSeed?: number | undefined;
  /** The faults to try. Default: all, with `second_actor` only if there is an `actor`. */
  readonly faults?: readonly ExploreFault[] | undefined;
  /**
   * What another user does to the server between two calls of the test, such as `async (world) => world.vydon.expireInvite(id)`. It runs
   * after each call except the last one, each time in a separate run, so it must handle rows that do not exist yet. Faults do not hit its
   * own calls, but `world.calls` lists them. If it throws, the run fails. Default: there is no other user.
   */
  readonly actor?: ((world: MockServer) => unknown) | undefined;
  /** Runs only one case: an {@link ExploreFailure.only}. `runs`, `randomSeed` and `faults` are ignored. Default: all cases. */
  readonly only?: string | undefined;
  /**
   * How long a run may wait on the world's clock, in milliseconds, without the time that the test itself advances. A test that waits longer
   * fails. A whole number, at least 1. Default 3 600 000, an hour.
   */
  readonly timeoutMs?: number | undefined;
  /** Ends the exploration when it aborts. Default: none. */
  readonly signal?: AbortSignal | undefined;
}

function abortSignal(value: unknown, path: string): AbortSignal {
  if (typeof value === "object" && value !== null && isSignal(value)) return value;
  throw wrong(value, path, "an AbortSignal, such as controller.signal");
}

/** Recognizes a signal by its parts, because a simulated browser such as jsdom has its own class. */
function isSignal(value: object): value is AbortSignal {
  return "aborted" in value && "addEventListener" in value && "removeEventListener" in value;
}

function caseLine(value: unknown, path: string): string {
  const line = text(value, path);
  readCase(line, path);
  return line;
}

const checkAll: Check<ExploreOptions> = object({
  runs: optional(wholeNumber(1)),
  randomSeed: optional(wholeNumber(0)),
  faults: optional(list(oneOf(exploreFaults))),
  actor: optional(callback<NonNullable<ExploreOptions["actor"]>>),
  only: optional(caseLine),
  timeoutMs: optional(wholeNumber(1)),
  signal: optional(abortSignal),
});

/**
 * Checks the options. @throws Error if one is unknown or wrong, or if two options cannot be combined. The text begins
 * with the path.
 */
export function checkExploreOptions(options: ExploreOptions): void {
  checkAll(options, "options");
  const { faults, actor, only } = options;
  if (faults?.length === 0) throw wrong(faults, "options.faults", "at least one fault");
  const isAlone = actor === undefined;
  if (isAlone && faults?.includes("second_actor"))
    throw new Error("options.faults has second_actor: give options.actor, too");
  if (isAlone && only?.startsWith("second_actor "))
    throw new Error("options.only is a case of second_actor: give options.actor, too");
}
