import { createGrpcTransport, createGrpcWebTransport, Http2SessionManager } from "@connectrpc/connect-node";
import { listen } from "tenantry/mock/node";
import { contract } from "../contract/suite.js";
import { connectTo } from "../contract/world.js";

contract({
  name: "gRPC",
  async open(server) {
    const listener = await listen(server);
    const sessionManager = new Http2SessionManager(listener.url);
    return connectTo(createGrpcTransport({ baseUrl: listener.url, sessionManager }), async () => {
      sessionManager.abort();
      await listener.close();
    });
  },
});

contract({
  name: "gRPC-Web",
  // Connect's client reads gRPC-Web with any content type.
  forgives: ["wrong_content_type"],
  async open(server) {
    const { url, close } = await listen(server);
    return connectTo(createGrpcWebTransport({ baseUrl: url, httpVersion: "1.1" }), close);
  },
});
