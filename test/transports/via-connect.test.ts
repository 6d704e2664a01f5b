import type { Transport } from "@connectrpc/connect";
import { createGrpcTransport, Http2SessionManager } from "@connectrpc/connect-node";
import { createConnectTransport } from "@connectrpc/connect-web";
import { viaConnect } from "tenantry/connect";
import { listen } from "tenantry/mock/node";
import { services } from "./services.js";
import { clientContract } from "./through-client.js";

/** Puts a Connect transport below an SDK client, so the contract tests both directions of the adapters. */
function via(transport: Transport) {
  return { transport: viaConnect(transport, ...services) };
}

clientContract({
  name: "viaConnect with connect-web",
  async connect({ fetch }) {
    return { address: via(createConnectTransport({ baseUrl: "https://api.example.com/v1", fetch })) };
  },
});

clientContract({
  name: "viaConnect with a router",
  cannot: ["reset", "cut_body"],
  async connect(server) {
    return { address: via(server.transport()) };
  },
});

clientContract({
  name: "viaConnect with connect-node over gRPC",
  async connect(server) {
    const listener = await listen(server);
    const sessionManager = new Http2SessionManager(listener.url);
    return {
      address: via(createGrpcTransport({ baseUrl: listener.url, sessionManager })),
      async close() {
        sessionManager.abort();
        await listener.close();
      },
    };
  },
});
