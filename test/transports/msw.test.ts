import { createConnectTransport } from "@connectrpc/connect-web";
import { setupServer } from "msw/node";
import { handlers } from "tenantry/mock/msw";
import { contract } from "../contract/suite.js";
import { connectTo } from "../contract/world.js";

const baseUrl = "https://api.example.com/v1";

contract({
  name: "MSW",
  passesOn: true,
  async open(server) {
    const msw = setupServer(...handlers(server, baseUrl));
    msw.listen({ onUnhandledRequest: "error" });
    return connectTo(createConnectTransport({ baseUrl, useHttpGet: true }), async () => msw.close());
  },
});
