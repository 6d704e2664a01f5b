import { createConnectTransport } from "@connectrpc/connect-node";
import { listen } from "../../src/mock/node/index.js";
import { withToken } from "../contract/door.js";
import { contract } from "../contract/suite.js";

contract({
  name: "HTTP/1.1",
  async open(server) {
    const { url, close } = await listen(server);
    const transport = createConnectTransport({ baseUrl: url, httpVersion: "1.1" });
    return { transport: (token) => withToken(transport, token), close };
  },
});
