import { contract } from "../contract/suite.js";
import { connectTo } from "../contract/world.js";

contract({
  name: "server.transport()",
  cannot: ["reset", "cut_body"],
  async open(server) {
    return connectTo(server.transport());
  },
});
