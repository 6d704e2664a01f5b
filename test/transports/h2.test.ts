import { createConnectTransport, Http2SessionManager } from "@connectrpc/connect-node";
import { listen } from "tenantry/mock/node";
import { contract } from "../contract/suite.js";
import { connectTo } from "../contract/world.js";

contract({
  name: "HTTP/2",
  async open(server) {
    const listener = await listen(server);
    const sessionManager = new Http2SessionManager(listener.url);
    const transport = createConnectTransport({ baseUrl: listener.url, httpVersion: "2", sessionManager });
    return connectTo(transport, async () => {
      sessionManager.abort();
      await listener.close();
    });
  },
});
