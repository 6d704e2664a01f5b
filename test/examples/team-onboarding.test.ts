import { expect, it } from "vitest";
import { onboardTeam } from "../../examples/team-onboarding.js";

it("onboardTeam() creates a team over HTTP and prints each step", async () => {
  const lines: string[] = [];
  const { members, counted } = await onboardTeam((line) => lines.push(line));
  expect(members).toEqual(["ada@example.com"]);
  expect(counted).toBe(1);
  expect(lines.join("\n")).toContain("25 hours later she accepts: account invitation expired.");
  expect(lines.join("\n")).toContain(
    "Grace makes herself an admin: user does not have permission to edit account.",
  );
  expect(lines.join("\n")).toContain("grace@example.com is job_developer.");
  expect(lines.at(-1)).toMatch(/^\nDone: \d+ calls over a real port, 15 days of a team's life\.$/);
});
