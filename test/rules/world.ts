import type { MockServerOptions } from "tenantry/mock";
import { afterEach, expect } from "vitest";
import * as contract from "../contract/world.js";

export { connectErrorOf, type VydonRpc, type World } from "../contract/world.js";

const inProcess: contract.TestedTransport = {
  name: "server.transport()",
  async open(server) {
    return contract.connectTo(server.transport());
  },
};

/** Creates a new server for each test and calls it in process, because a rule is the same through every transport. */
export function openWorld(options: MockServerOptions = {}): contract.World {
  const world = contract.openWorld(inProcess, options);
  afterEach(() => {
    // Any state that a test leads to can be saved and restored.
    const { server } = world;
    const { apis } = server.snapshot();
    const copy = server.fork();
    copy.restore(JSON.parse(JSON.stringify(server.snapshot())));
    expect(copy.snapshot().apis).toEqual(apis);
  });
  return world;
}
