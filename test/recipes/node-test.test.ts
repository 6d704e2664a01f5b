import { expect, it } from "vitest";
import { run } from "../peers/peer.js";

it("the tests in the node:test recipe pass", async () => {
  const recipe = "examples/recipes/node-test/invites.test.ts";
  const { out } = await run(process.execPath, ["--import", "tsx", "--test", "--test-reporter=tap", recipe]);
  expect(out).toContain("# pass 2");
  expect(out).toContain("# fail 0");
});
