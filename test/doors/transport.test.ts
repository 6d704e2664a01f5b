import { withToken } from "../contract/door.js";
import { contract } from "../contract/suite.js";

contract({
  name: "the in-process transport",
  cannot: ["reset", "cut_body"],
  async open(server) {
    return { transport: (token) => withToken(server.transport(), token), close: async () => {} };
  },
});
