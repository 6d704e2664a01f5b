import { contract } from "../contract/suite.js";
import { clientTransport, throughClient } from "./through-client.js";

contract({
  ...throughClient,
  name: "a client's JSON over server.fetch",
  async open({ fetch }) {
    const transport = clientTransport({ baseUrl: "https://api.example.com/v1", fetch });
    return { transport, close: async () => {} };
  },
});
