import { createGrpcTransport, createGrpcWebTransport, Http2SessionManager } from "@connectrpc/connect-node";
import { listen } from "../../src/mock/node/index.js";
import { withToken } from "../contract/door.js";
import { contract } from "../contract/suite.js";

contract({
  name: "gRPC",
  async open(server) {
    const listener = await listen(server);
    const sessionManager = new Http2SessionManager(listener.url);
    const transport = createGrpcTransport({ baseUrl: listener.url, sessionManager });
    return {
      transport: (token) => withToken(transport, token),
      async close() {
        sessionManager.abort();
        await listener.close();
      },
    };
  },
});

contract({
  name: "gRPC-Web",
  // Connect's client reads gRPC-Web whatever it is called.
  forgives: ["wrong_content_type"],
  async open(server) {
    const { url, close } = await listen(server);
    const transport = createGrpcWebTransport({ baseUrl: url, httpVersion: "1.1" });
    return { transport: (token) => withToken(transport, token), close };
  },
});
