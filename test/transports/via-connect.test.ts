import type { Transport } from "@connectrpc/connect";
import { createGrpcTransport, Http2SessionManager } from "@connectrpc/connect-node";
import { createConnectTransport } from "@connectrpc/connect-web";
import { Health } from "../../gen/grpc/health/v1/health_pb.js";
import { viaConnect } from "../../src/connect/index.js";
import { listen } from "../../src/mock/node/index.js";
import * as fam from "../../src/proto/fam.js";
import * as ona from "../../src/proto/ona.js";
import { UserAccountService } from "../../src/proto/vydon.js";
import { mounted } from "../contract/calls.js";
import { clientContract } from "./through-client.js";

const services = [
  UserAccountService,
  ona.AccountService,
  ...[fam.AccountService, fam.MemberService, fam.BillingService],
  ...Object.values(mounted),
  Health,
];

/** Both ways: Connect's clients over one of ours, over a transport of Connect's. */
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
