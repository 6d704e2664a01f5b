import { clientContract } from "./through-client.js";

clientContract({
  name: "an SDK client over server.fetch",
  async connect({ fetch }) {
    return { address: { baseUrl: "https://api.example.com/v1", fetch } };
  },
});
