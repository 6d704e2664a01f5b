import { spawnSync } from "node:child_process";
import { bufCurl } from "./buf-curl.js";
import { curl } from "./curl.js";
import { fetchJson } from "./fetch-json.js";
import { grpcJs } from "./grpc-js.js";
import type { Peer } from "./peer.js";

const hasCurl = spawnSync("curl", ["--version"]).status === 0;

/** Clients of other projects, once for each protocol and encoding that they support. */
export const peers: readonly Peer[] = [
  bufCurl("connect", "1.1"),
  bufCurl("connect", "2"),
  bufCurl("grpc", "2"),
  bufCurl("grpcweb", "1.1"),
  bufCurl("grpcweb", "2"),
  grpcJs("@grpc/grpc-js"),
  grpcJs("@grpc/grpc-js with gzip", { "grpc.default_compression_algorithm": 2 }),
  fetchJson,
  // Without curl, fetch tests the same protocol.
  ...(hasCurl ? [curl("--http1.1"), curl("--http2-prior-knowledge"), curl("--compressed")] : []),
];
