import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { hashOf, recordStory } from "./record.js";

const golden = new URL("story.golden.txt", import.meta.url);

describe("a story", () => {
  it("has the bytes that it had when it was recorded", async () => {
    // Changed on purpose? npx tsx test/determinism/story.ts --text > test/determinism/story.golden.txt
    expect(await recordStory()).toBe(await readFile(golden, "utf8"));
  });

  it("is the same each time, and another for another seed", async () => {
    const [one, again, other] = await Promise.all([recordStory(7), recordStory(7), recordStory(8)]);
    expect(await hashOf(one)).toBe(await hashOf(again));
    expect(await hashOf(one)).not.toBe(await hashOf(other));
  });
});
