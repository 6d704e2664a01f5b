import { createConnectTransport } from "@connectrpc/connect-web";
import { setupServer } from "msw/node";
import { handlers } from "../../src/mock/msw/index.js";
import { withToken } from "../contract/door.js";
import { contract } from "../contract/suite.js";

const baseUrl = "https://api.example.com/v1";

contract({
  name: "MSW",
  async open(server) {
    const msw = setupServer(...handlers(server, baseUrl));
    msw.listen({ onUnhandledRequest: "error" });
    const transport = createConnectTransport({ baseUrl, useHttpGet: true });
    return { transport: (token) => withToken(transport, token), close: async () => msw.close() };
  },
});
