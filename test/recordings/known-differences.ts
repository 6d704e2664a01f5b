import type { Difference, ReplayedCall } from "./replay.js";

/** A way in which the mock is known to differ from the real server. */
export interface KnownDifference {
  /** What differs. */
  readonly what: string;
  /** Why the mock does not do the same. */
  readonly why: string;
  /** Checks whether a call is one that differs. Each such call must differ, and only in `differences`. */
  readonly isAbout: (replayed: ReplayedCall) => boolean;
  readonly differences: readonly Difference[];
  /** The required beginning of the mock's text, if the text differs. */
  readonly beginning?: RegExp;
}

/** All known differences that a recording shows. A call that no longer differs fails the replay. */
export const knownDifferences: readonly KnownDifference[] = [
  {
    what: "The text of a request that is not valid JSON",
    why: "The server's text ends in the words of Go's JSON decoder, which change from build to build. The mock has the server's code and the beginning of its text.",
    isAbout: ({ call }) => call.message?.startsWith("unmarshal message: unmarshal into ") ?? false,
    differences: ["text"],
    beginning: /^unmarshal message: unmarshal into \*mgmtv1alpha1\.\w+: proto: /,
  },
  {
    what: "`SetBillingMeterEvent` with a value that is not a decimal number, such as `abc` or `1e3`",
    why: "The server passes the value on to the billing provider. The provider of the recordings accepted everything. The mock's provider refuses such a value, and the call fails with `unknown`, as on the real server when its provider refuses.",
    isAbout: ({ call }) =>
      call.method === "SetBillingMeterEvent" &&
      call.httpStatus === 200 &&
      /"value":"(?![+-]?\d+(\.\d+)?")/.test(JSON.stringify(call.request)),
    differences: ["status", "code", "response", "text"],
  },
];

/** Known differences that no recording can show. */
export const unrecordedDifferences: readonly Pick<KnownDifference, "what" | "why">[] = [
  {
    what: "Other services, such as `ConnectionService` and gRPC's reflection",
    why: "The server has them. The mock does not: its response is the 404 of an unknown path. A replay leaves out their calls.",
  },
  {
    what: "The order of accounts, members and invites",
    why: "The server's database may return them in a different order each time. The mock returns them in the order in which they were created or joined.",
  },
  {
    what: "Calls that arrive at the same moment",
    why: "The server may then fail with a serialization error of its database, or leave several invites for one email active. The mock handles one call after the other.",
  },
  {
    what: "URLs, the version, the commit and the build date, and the end of the cloud's licence",
    why: "They are values of the server that was recorded, or of the test servers beside it. The mock has its own.",
  },
  {
    what: "The texts of the billing provider's errors",
    why: "No real provider was recorded. The mock has the server's codes, and the words that the server puts before such a text.",
  },
  {
    what: "`license.isVydonCloud`",
    why: "Vydon's own build uses this name for `isNeosyncCloud`. The mock always writes `isNeosyncCloud`. `VydonClient` reads both.",
  },
  {
    what: "Tokens",
    why: "The mock's JWTs are not signed: a token is known or unknown. So `server.vydon.revoke` ends a user's token at once, which no real server can do.",
  },
  {
    what: "CORS",
    why: "The real server sends no CORS headers. The mock's listener allows every origin, because a browser app needs it and a proxy adds it in production. `listen(server, { cors: false })` shows the server without a proxy.",
  },
  {
    what: "An unknown field that is in a JSON message twice",
    why: "The server ignores unknown fields. The mock refuses every name that is in a message twice.",
  },
];

/** Checks whether a known difference explains all differences of a call. */
export function explains({ isAbout, differences, beginning }: KnownDifference, call: ReplayedCall): boolean {
  if (!isAbout(call) || call.differences.length === 0) return false;
  if (!call.differences.every((difference) => differences.includes(difference))) return false;
  return beginning === undefined || beginning.test(call.received.message ?? "");
}
