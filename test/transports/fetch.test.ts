import { createConnectTransport } from "@connectrpc/connect-web";
import { contract } from "../contract/suite.js";
import { connectTo } from "../contract/world.js";

contract({
  name: "server.fetch",
  async open({ fetch }) {
    return connectTo(
      createConnectTransport({ baseUrl: "https://api.example.com/v1", fetch, useHttpGet: true }),
    );
  },
});
