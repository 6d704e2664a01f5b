import { expect, it } from "vitest";
// For its `declare global`.
import type {} from "./secrets/page.js";
import { usePage } from "./support/use-page.js";

const open = usePage("test/browser/secrets/page.ts");

// Chromium writes the message that an error was created with into its stack.
it("an error's stack in Chromium contains no token that the server returned", async () => {
  const token = "neo_at_v1_11111111-2222-4333-8444-555555555555";
  const page = await open();
  const stacks = await page.evaluate((secret) => window.stacksOfFailures(secret), token);
  expect(stacks).toHaveLength(2);
  for (const stack of stacks) {
    expect(stack).toContain("busy: [secret]");
    expect(stack).not.toContain(token);
  }
  await page.context().close();
});
