import type { Transport } from "@connectrpc/connect";
import { createGrpcTransport, Http2SessionManager } from "@connectrpc/connect-node";
import { createConnectTransport } from "@connectrpc/connect-web";
import { Health } from "../../gen/grpc/health/v1/health_pb.js";
import { viaConnect } from "../../src/connect/index.js";
import { listen } from "../../src/mock/node/index.js";
import { AccountService } from "../../src/proto/ona.js";
import { UserAccountService } from "../../src/proto/vydon.js";
import { contract } from "../contract/suite.js";
import { clientTransport, throughClient } from "./through-client.js";

/** What a client over a transport of Connect's can call. `FamClient` takes no transport. */
const tested = { ...throughClient, apis: ["vydon", "ona"] } as const;

/** Both ways: Connect's clients over one of ours, over a transport of Connect's. */
function connectTo(transport: Transport, close: () => Promise<void> = async () => {}) {
  const via = viaConnect(transport, UserAccountService, AccountService, Health);
  return { transport: clientTransport({ transport: via }), close };
}

contract({
  ...tested,
  name: "viaConnect with connect-web",
  async open({ fetch }) {
    return connectTo(createConnectTransport({ baseUrl: "https://api.example.com/v1", fetch }));
  },
});

contract({
  ...tested,
  name: "viaConnect with a router",
  cannot: ["reset", "cut_body"],
  async open(server) {
    return connectTo(server.transport());
  },
});

contract({
  ...tested,
  name: "viaConnect with connect-node over gRPC",
  async open(server) {
    const listener = await listen(server);
    const sessionManager = new Http2SessionManager(listener.url);
    return connectTo(createGrpcTransport({ baseUrl: listener.url, sessionManager }), async () => {
      sessionManager.abort();
      await listener.close();
    });
  },
});
