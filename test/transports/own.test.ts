import { listen } from "tenantry/mock/node";
import { nodeTransport } from "tenantry/node";
import { webTransport } from "tenantry/web";
import { services } from "./services.js";
import { clientContract } from "./through-client.js";

clientContract({
  name: "webTransport",
  async connect(server) {
    const { url, close } = await listen(server);
    return { address: { transport: webTransport({ baseUrl: url, services }) }, close };
  },
});

for (const protocol of ["connect", "grpc", "grpc-web"] as const) {
  clientContract({
    name: `nodeTransport by ${protocol}`,
    apisOnly: true,
    // Like Connect's client, it reads gRPC-Web with any content type.
    forgives: protocol === "grpc-web" ? ["wrong_content_type"] : [],
    async connect(server) {
      const listener = await listen(server);
      const transport = nodeTransport({ baseUrl: listener.url, protocol });
      return {
        address: { transport },
        async close() {
          await transport.close();
          await listener.close();
        },
      };
    },
  });
}
