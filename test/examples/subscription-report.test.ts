import { expect, it } from "vitest";
import { main } from "../../examples/subscription-report.js";

it("main() prints the status of each team's subscription, invalid ones first", async () => {
  const lines: string[] = [];
  await main((line) => lines.push(line));
  expect(lines).toEqual([
    "!!  unpaid       expired Account is currently in expired state, visit the billing page to activate your subscription.",
    "ok  on-trial     trial active until 2026-01-15",
    "ok  paid         active",
  ]);
});
