import { didYouMean } from "../engine/did-you-mean.js";
import { keysOf } from "../engine/records.js";

/**
 * A fault that {@link explore} causes in one call:
 *
 * - `unavailable_before_commit`: the call fails with `unavailable`, and nothing was written.
 * - `unavailable_after_commit`: the call is carried out, and then fails with `unavailable`.
 * - `lost_response`: the call is carried out, and the connection breaks before a response comes.
 * - `rate_limited`: the call fails with HTTP status 429 and `Retry-After: 2`, and nothing was written.
 * - `expired_token`: the call's token has just expired, for this call and all later ones. It is used only for a call with a
 *   known token.
 * - `slower_than_deadline`: no response comes until the call's deadline, and nothing was written. It is used only for a call with
 *   a deadline.
 * - `cut_body`: the call is carried out, and the connection breaks in the middle of the response.
 * - `second_actor`: {@link ExploreOptions.actor} runs after the call and before its response. It is not used for the
 *   last call.
 */
export type ExploreFault =
  | "unavailable_before_commit"
  | "unavailable_after_commit"
  | "lost_response"
  | "rate_limited"
  | "expired_token"
  | "slower_than_deadline"
  | "cut_body"
  | "second_actor";

/** The word between the fault and the request in the text of a case. */
const wordOf: Readonly<Record<ExploreFault, "on" | "after">> = {
  unavailable_before_commit: "on",
  unavailable_after_commit: "on",
  lost_response: "on",
  rate_limited: "on",
  expired_token: "on",
  slower_than_deadline: "on",
  cut_body: "on",
  second_actor: "after",
};

/** All faults, the simplest first. */
export const exploreFaults: readonly ExploreFault[] = keysOf(wordOf);

/** A request, named by its position among the requests of its RPC. */
export interface Place {
  /** The RPC: `"GetUser"`, or `"vydon.GetUser"` if two APIs share a name. */
  readonly method: string;
  /** 1 for the first request of the RPC. A retry is a request of its own. */
  readonly nth: number;
}

/** One fault on one request. */
export interface Case extends Place {
  readonly fault: ExploreFault;
}

/** Returns a request as text: `CreateTeamAccount #1`. */
export function placeText({ method, nth }: Place): string {
  return `${method} #${nth}`;
}

/** Returns a case as text: `lost_response on CreateTeamAccount #1`. */
export function caseText({ fault, ...place }: Case): string {
  return `${fault} ${wordOf[fault]} ${placeText(place)}`;
}

/** Reads the text of a case. @throws Error if it is not one. The text begins with `path`. */
export function readCase(text: string, path: string): Case {
  const [, word = "", method = "", nth = ""] = /^(\S+) (?:on|after) (\S+) #([1-9]\d{0,8})$/.exec(text) ?? [];
  const fault = exploreFaults.find((known) => known === word);
  const read = fault && { fault, method, nth: Number(nth) };
  if (read !== undefined && caseText(read) === text) return read;
  const hint = fault === undefined && word !== "" ? didYouMean(word, exploreFaults) : "";
  throw new Error(
    `${path} is ${JSON.stringify(text)}: give a case from a report, such as "lost_response on CreateTeamAccount #1"${hint && ` (${hint})`}`,
  );
}
