import { createConnectTransport } from "@connectrpc/connect-web";
import { withToken } from "../contract/door.js";
import { contract } from "../contract/suite.js";

contract({
  name: "fetch",
  async open(server) {
    const transport = createConnectTransport({
      baseUrl: "https://api.example.com/v1",
      fetch: server.fetch,
      useHttpGet: true,
    });
    return { transport: (token) => withToken(transport, token), close: async () => {} };
  },
});
