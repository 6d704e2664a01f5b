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

/** The settings of each connect-node transport. */
interface CommonSettings {
  readonly baseUrl: string;
  readonly useBinaryFormat: boolean;
  readonly readMaxBytes: number;
}

/** Creates a transport. Its first request opens a connection. */
export function openConnections(baseUrl: string, options: NodeTransportOptions): Connections {
  const { httpVersion = "2", format = "binary", maxResponseBytes = 64 * 2 ** 20 } = options;
  const common = { baseUrl, useBinaryFormat: format === "binary", readMaxBytes: maxResponseBytes };
  return httpVersion === "2" ? overHttp2(common, options) : overHttp1(common, options);
}

function overHttp1(common: CommonSettings, options: NodeTransportOptions): Connections {
  const { protocol = "connect", tls } = options;
  const Agent = common.baseUrl.startsWith("https:") ? HttpsAgent : HttpAgent;
  const agent = new Agent({ ...tls, keepAlive: true });
  const settings = { ...common, httpVersion: "1.1", nodeOptions: { agent } } as const;
  // gRPC needs HTTP/2.
  const create = protocol === "connect" ? createConnectTransport : createGrpcWebTransport;
  return {
    transport: withGet(create(settings), settings, options),
    check() {
      // Node closes a connection as soon as a request on it is aborted.
    },
    close: () => agent.destroy(),
  };
}

function overHttp2(common: CommonSettings, options: NodeTransportOptions): Connections {
  const { protocol = "connect", pingIntervalMs, idleConnectionTimeoutMs: idleMs = 900_000, tls } = options;
  const connection = new Http2Connection(common.baseUrl, { tls, pingIntervalMs, idleMs });
  const settings = { ...common, httpVersion: "2", sessionManager: connection } as const;
  return {
    transport: withGet(protocols[protocol](settings), settings, options),
    check: () => connection.check(),
    close: () => connection.close(),
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
