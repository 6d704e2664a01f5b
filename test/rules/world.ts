import { afterEach, expect } from "vitest";
import type { MockServerOptions } from "../../src/mock/index.js";
import * as contract from "../contract/world.js";

export { refusal, type VydonRpc, type World } from "../contract/world.js";

const inProcess: contract.TestedTransport = {
  name: "server.transport()",
  async open(server) {
    return contract.connectTo(server.transport());
  },
};

/** A new server for each test, called in process: a rule is the same through every transport. */
export function openWorld(options: MockServerOptions = {}): contract.World {
  const world = contract.openWorld(inProcess, options);
  afterEach(() => {
    // Whatever state a test has led to, it can be saved and restored.
    const { server } = world;
    const { apis } = server.snapshot();
    const copy = server.fork();
    copy.restore(JSON.parse(JSON.stringify(server.snapshot())));
    expect(copy.snapshot().apis).toEqual(apis);
  });
  return world;
}
