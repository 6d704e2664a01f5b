import type { Part } from "./compare.js";

/** A difference that we know of. The replay fails if it is no longer there. */
export interface KnownDifference {
  readonly reason: string;
  readonly parts: readonly Part[];
  readonly probes: readonly string[];
  /** The recordings that it is in. Default: all. */
  readonly recordings?: readonly string[];
  /** The texts are the same up to here. Default: nothing is the same. */
  readonly sameUpTo?: string;
}

const neosync = ["wire-cloud-rbac", "wire-selfhosted-rbac", "wire-selfhosted-norbac"];

/** What the listener sends differently. Everything else is as recorded. */
export const knownDifferences: readonly KnownDifference[] = [
  {
    reason: "The end of the text is in the words of Go's protobuf runtime.",
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
      "a body of 5 MB",
    ],
  },
  {
    reason: "PROVISIONAL: the texts and details of broken rules.",
    parts: ["body", "text"],
    recordings: neosync,
    probes: [
      "json: an error",
      "json: two broken rules",
      "an Origin is sent, error",
      "gzip accepted: error",
      "binary: an error",
    ],
  },
  {
    reason: "PROVISIONAL: the details of broken rules have no forKey.",
    parts: ["body"],
    recordings: ["wire-selfhosted-norbac-vydonlibs"],
    probes: [
      "json: an error",
      "json: two broken rules",
      "an Origin is sent, error",
      "gzip accepted: error",
      "binary: an error",
    ],
  },
  {
    reason: "PROVISIONAL: the same, in gRPC-Web's headers.",
    parts: ["headers"],
    probes: ["grpc-web+json: an error"],
  },
  {
    reason: "PROVISIONAL: the same, in gRPC's trailers.",
    parts: ["trailers"],
    probes: ["h2c: grpc, an error"],
  },
  {
    reason: "PROVISIONAL: the texts of authentication.",
    parts: ["text"],
    probes: ["json: no token", "authorization twice the scheme", "authorization with a comma"],
  },
  {
    reason: "PROVISIONAL: the text of an invite that is not there.",
    parts: ["text"],
    probes: ["json: not found (no detail)"],
  },
];
