import type { Http2Server } from "node:http2";
import type { Server } from "node:net";
import { type NodeTransportOptions, nodeTransport } from "tenantry/node";
import { VydonClient } from "tenantry/vydon";
import { onTestFinished } from "vitest";
import { listenLocally } from "../../support/listen-locally.js";

/** Lets a server listen on a free port until the test ends. */
export async function listening(server: Server | Http2Server) {
  const listener = await listenLocally(server);
  onTestFinished(() => listener[Symbol.asyncDispose]());
  return listener;
}

/** Creates a transport that is open until the test ends. */
export function openTransport(options: NodeTransportOptions) {
  const transport = nodeTransport(options);
  onTestFinished(() => transport.close());
  return transport;
}

/** Creates a client that does not retry. Its transport is open until the test ends. */
export function clientFor(options: NodeTransportOptions): VydonClient {
  return new VydonClient({ transport: openTransport(options), retry: false });
}
