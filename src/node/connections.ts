import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { Transport } from "@connectrpc/connect";
import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
} from "@connectrpc/connect-node";
import { shortReadsBy } from "../connect/http-get.js";
import { Http2Connection } from "./http2-connection.js";
import type { NodeTransportOptions } from "./node-transport-options.js";

/** A Connect transport, and the connections that it uses. */
export interface Connections {
  readonly transport: Transport;
  /** Checks the connection, because a request on it ran out of time. */
  check(): void;
  /** Closes all connections. */
  close(): void;
}

const protocols = {
  connect: createConnectTransport,
  grpc: createGrpcTransport,
  "grpc-web": createGrpcWebTransport,
};

/** Creates a transport. Its first request opens a connection. */
export function openConnections(baseUrl: string, options: NodeTransportOptions): Connections {
  const { protocol = "connect", httpVersion = "2", format = "binary" } = options;
  const { maxResponseBytes: readMaxBytes = 64 * 2 ** 20 } = options;
  const common = { baseUrl, useBinaryFormat: format === "binary", readMaxBytes };
  if (httpVersion === "2") return overHttp2(common, options);

  const { tls = {} } = options;
  const agent = baseUrl.startsWith("https:")
    ? new HttpsAgent({ ...tls, keepAlive: true })
    : new HttpAgent({ keepAlive: true });
  const settings = { ...common, httpVersion, nodeOptions: { agent } };
  const create = protocol === "connect" ? createConnectTransport : createGrpcWebTransport;
  const post = create(settings);
  return {
    transport: withGet(post, settings, options),
    check() {
      // Node closes a connection as soon as a request on it is aborted.
    },
    close: () => agent.destroy(),
  };
}

function overHttp2(
  common: { baseUrl: string; useBinaryFormat: boolean; readMaxBytes: number },
  options: NodeTransportOptions,
): Connections {
  const { protocol = "connect", pingIntervalMs, idleConnectionTimeoutMs = 900_000, tls } = options;
  const sessionManager = new Http2Connection(common.baseUrl, {
    tls,
    pingIntervalMs,
    idleMs: idleConnectionTimeoutMs,
  });
  const settings = { ...common, httpVersion: "2", sessionManager } as const;
  const post = protocols[protocol](settings);
  return {
    transport: withGet(post, settings, options),
    check: () => sessionManager.check(),
    close: () => sessionManager.close(),
  };
}

/** Sends short reads by GET, if the options request that. */
function withGet(
  post: Transport,
  settings: Parameters<typeof createConnectTransport>[0],
  { protocol = "connect", useHttpGet = false }: NodeTransportOptions,
): Transport {
  if (!useHttpGet || protocol !== "connect") return post;
  return shortReadsBy(createConnectTransport({ ...settings, useHttpGet }), post);
}
