import type { Part } from "./compare.js";

/** A known difference. The replay fails if it no longer exists. */
export interface KnownDifference {
  readonly reason: string;
  readonly parts: readonly Part[];
  readonly probes: readonly string[];
  /** The texts are equal up to this string. Default: the whole text can differ. */
  readonly sameUpTo?: string;
  /** Whether only the listener differs. Default false: `server.fetch` differs, too. */
  readonly atThePort?: boolean;
}

/** The known differences of the mock's responses. Everything else equals the recordings. */
export const knownDifferences: readonly KnownDifference[] = [
  {
    reason: "The server's text ends in the words of Go's protobuf runtime.",
    parts: ["text"],
    sameUpTo: "proto: ",
    probes: [
      "body: a JSON string",
      "body: null",
      "body: a number",
      "body: text after the JSON",
      "body: two messages",
      "body: a comma too many",
      "body: the same field twice",
      "body: the field by both its names",
      "body: no UTF-8",
      "body: blank",
      "body: an object for a text",
      "body: a text for a number",
      "body: an array for an object",
      "body: a fraction for an enum",
    ],
  },
  {
    reason: "The mock refuses a request of more than 4 MiB, so that no web page can fill its memory.",
    parts: ["status", "body", "text"],
    probes: ["a body of 5 MB"],
  },
  {
    reason: "The listener describes itself at its root. The real server has nothing there.",
    parts: ["status", "headers", "body"],
    probes: ["the root"],
    atThePort: true,
  },
];
