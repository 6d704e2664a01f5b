import { expect, it } from "vitest";
import { main } from "../../examples/usage-report.js";

it("shows each team's usage, the nearest to its limit first", async () => {
  const lines: string[] = [];
  await main((line) => lines.push(line));
  expect(lines).toEqual([
    "nearly-full          █████████░  93,000 of 100,000 records (active)",
    "on-trial             █░░░░░░░░░  1,200 of 20,000 records (trial active, until 2026-01-15)",
    "unlimited            no limit    7,654,321 records (active)",
    "lapsed               no limit    0 records (expired)",
  ]);
});
