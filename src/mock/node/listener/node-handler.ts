import type { connectNodeAdapter } from "@connectrpc/connect-node";

/** A handler of requests of HTTP/1.1 or HTTP/2. */
export type NodeHandler = ReturnType<typeof connectNodeAdapter>;

/** A response of HTTP/1.1 or HTTP/2. */
export type NodeResponse = Parameters<NodeHandler>[1];
