/**
 * For Node: HTTP/2, gRPC and gRPC-Web, tokens in a file, options from environment variables.
 *
 * @packageDocumentation
 */
export { type FileStoreOptions, fileStore } from "./file-store.js";
export { type EnvOptions, fromEnv } from "./from-env.js";
export { type NodeTransport, nodeTransport } from "./node-transport.js";
export type { NodeTransportOptions } from "./node-transport-options.js";
