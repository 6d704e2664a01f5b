import { createConnectTransport, createGrpcWebTransport } from "@connectrpc/connect-web";
import type { ClientTransport } from "tenantry";
import { viaConnect } from "tenantry/connect";
import { nodeTransport } from "tenantry/node";
import { UserAccountService } from "tenantry/proto/vydon";
import { webTransport } from "tenantry/web";
import { onTestFinished } from "vitest";

/** A transport for a client's calls: Connect's or ours. */
export interface Way {
  readonly name: string;
  readonly protocol: "connect" | "grpc" | "grpc-web";
  readonly httpVersion: "1.1" | "2";
  /** The type of a successful response. */
  readonly contentType: string;
  readonly open: (baseUrl: string) => ClientTransport & Partial<AsyncDisposable>;
}

/** Opens a transport, which the end of the test closes. */
export function openedUntilTestEnds({ open }: Way, baseUrl: string): ClientTransport {
  const transport = open(baseUrl);
  onTestFinished(async () => transport[Symbol.asyncDispose]?.());
  return transport;
}

const services = [UserAccountService];
const proto = { protocol: "connect", contentType: "application/proto" } as const;
const json = { protocol: "connect", contentType: "application/json" } as const;
const grpc = { protocol: "grpc", contentType: "application/grpc" } as const;
const grpcWeb = { protocol: "grpc-web", contentType: "application/grpc-web+proto" } as const;
const http1 = { httpVersion: "1.1" } as const;
const http2 = { httpVersion: "2" } as const;

/** Every transport to a server. */
export const ways: readonly Way[] = [
  {
    name: "viaConnect, connect-web in JSON",
    ...json,
    ...http1,
    open: (baseUrl) => viaConnect(createConnectTransport({ baseUrl }), UserAccountService),
  },
  {
    name: "viaConnect, connect-web in the binary format",
    ...proto,
    ...http1,
    open: (baseUrl) =>
      viaConnect(createConnectTransport({ baseUrl, useBinaryFormat: true }), UserAccountService),
  },
  {
    name: "viaConnect, connect-web over gRPC-Web",
    ...grpcWeb,
    ...http1,
    open: (baseUrl) => viaConnect(createGrpcWebTransport({ baseUrl }), UserAccountService),
  },
  {
    name: "webTransport in JSON",
    ...json,
    ...http1,
    open: (baseUrl) => webTransport({ baseUrl, services, format: "json" }),
  },
  {
    name: "webTransport in the binary format",
    ...proto,
    ...http1,
    open: (baseUrl) => webTransport({ baseUrl, services }),
  },
  {
    name: "webTransport over gRPC-Web",
    ...grpcWeb,
    ...http1,
    open: (baseUrl) => webTransport({ baseUrl, services, protocol: "grpc-web" }),
  },
  {
    name: "nodeTransport in JSON over HTTP/1.1",
    ...json,
    ...http1,
    open: (baseUrl) => nodeTransport({ baseUrl, ...http1, format: "json" }),
  },
  {
    name: "nodeTransport over HTTP/1.1",
    ...proto,
    ...http1,
    open: (baseUrl) => nodeTransport({ baseUrl, ...http1 }),
  },
  {
    name: "nodeTransport over HTTP/2",
    ...proto,
    ...http2,
    open: (baseUrl) => nodeTransport({ baseUrl }),
  },
  {
    name: "nodeTransport by gRPC",
    ...grpc,
    ...http2,
    open: (baseUrl) => nodeTransport({ baseUrl, protocol: "grpc" }),
  },
  {
    name: "nodeTransport by gRPC-Web over HTTP/1.1",
    ...grpcWeb,
    ...http1,
    open: (baseUrl) => nodeTransport({ baseUrl, protocol: "grpc-web", ...http1 }),
  },
  {
    name: "nodeTransport by gRPC-Web over HTTP/2",
    ...grpcWeb,
    ...http2,
    open: (baseUrl) => nodeTransport({ baseUrl, protocol: "grpc-web" }),
  },
];
