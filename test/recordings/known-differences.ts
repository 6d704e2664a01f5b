import type { Difference, ReplayedCall } from "./replay.js";

/** A way in which the mock is known to differ from the real server. */
export interface KnownDifference {
  /** What differs. */
  readonly what: string;
  /** Why the mock does not do the same. */
  readonly why: string;
  /** Tells whether a call is one of those that differ. Each of them must differ, and in nothing but `differences`. */
  readonly isAbout: (replayed: ReplayedCall) => boolean;
  readonly differences: readonly Difference[];
  /** How the mock's text begins all the same, if the text differs. */
  readonly beginning?: RegExp;
}

/** All known differences that a recording shows. A call that no longer differs fails the replay. */
export const knownDifferences: readonly KnownDifference[] = [
  {
    what: "The text of a request that is not valid JSON",
    why: "The server's text ends in the words of Go's JSON decoder, which change from build to build. The code and the beginning of the text are the server's.",
    isAbout: ({ call }) => call.message?.startsWith("unmarshal message: unmarshal into ") ?? false,
    differences: ["text"],
    beginning: /^unmarshal message: unmarshal into \*mgmtv1alpha1\.\w+: proto: /,
  },
  {
    what: "`SetBillingMeterEvent` with a value that is not a number",
    why: "The server passes the value on to the billing provider. The provider of the recordings accepted everything. The mock's provider refuses such a value, and the answer is `unknown`, as on the real server when its provider refuses.",
    isAbout: ({ call }) =>
      call.method === "SetBillingMeterEvent" &&
      call.httpStatus === 200 &&
      /"value":"(?![+-]?\d+(\.\d+)?")/.test(JSON.stringify(call.request)),
    differences: ["status", "code", "answer", "text"],
  },
];

/** Whether a known difference explains all that differs in a call. */
export function explains({ isAbout, differences, beginning }: KnownDifference, call: ReplayedCall): boolean {
  if (!isAbout(call) || call.differences.length === 0) return false;
  if (!call.differences.every((difference) => differences.includes(difference))) return false;
  return beginning === undefined || beginning.test(call.answer.message ?? "");
}
