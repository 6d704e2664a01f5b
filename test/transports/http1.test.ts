import { createConnectTransport } from "@connectrpc/connect-node";
import { listen } from "tenantry/mock/node";
import { contract } from "../contract/suite.js";
import { connectTo } from "../contract/world.js";

contract({
  name: "HTTP/1.1",
  async open(server) {
    const { url, close } = await listen(server);
    return connectTo(createConnectTransport({ baseUrl: url, httpVersion: "1.1" }), close);
  },
});
