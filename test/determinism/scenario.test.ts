import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { hashOf } from "./readable.js";
import { recordScenario } from "./record-scenario.js";

const golden = new URL("scenario.golden.txt", import.meta.url);

describe("a scenario on the mock server", () => {
  it("has the same bytes as the recorded scenario", async () => {
    // Changed on purpose? npx tsx test/determinism/print-scenario.ts --text > test/determinism/scenario.golden.txt
    expect(await recordScenario()).toBe(await readFile(golden, "utf8"));
  });

  it("has the same bytes each time, and other bytes with another random seed", async () => {
    const [one, again, other] = await Promise.all([recordScenario(7), recordScenario(7), recordScenario(8)]);
    expect(await hashOf(one)).toBe(await hashOf(again));
    expect(await hashOf(one)).not.toBe(await hashOf(other));
  });
});
