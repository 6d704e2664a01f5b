/**
 * What needs Node: HTTP/2, gRPC and gRPC-Web, tokens in a file, options from the environment.
 *
 * @packageDocumentation
 */
export { type FileStoreOptions, fileStore } from "./file-store.js";
export { type EnvOptions, fromEnv } from "./from-env.js";
export { type NodeTransport, type NodeTransportOptions, nodeTransport } from "./node-transport.js";
