import { describe, expect, it } from "vitest";
import { filterText } from "./filter-text.js";
import { PlaceholderMaker } from "./placeholder-maker.js";

const filtered = (text: string) => filterText(text, new PlaceholderMaker());

describe("filterText", () => {
  it.each([
    ["no user ada@example.com", "no user <email:1@1>"],
    ["<ada.b+c@example.com>, bob@example.com", "<<email:1@1>>, <email:2@1>"],
    ["to=ada%40example.com&x", "<email:1 like aa!aaa!00a{7}.aaa>&x"],
    ["a%2Bb%40c%40example.com", "<email:1 like a!0Aa!00a!00a{7}.aaa>"],
    ["see https://a.example/?k=1", "see <url:1>"],
    ["see -https://a.example/", "see -<url:1>"],
  ])("replaces emails and URLs: %s", (text, expected) => {
    expect(filtered(text)).toBe(expected);
  });

  // If the time grew with the square of the length, each of these would take minutes.
  it.each(["a", "a.", "a-", "a_", "a@", "a%", "%40", "=", "token ", "Bearer "])(
    "is fast for a long text of %j",
    (part) => {
      expect(filtered(part.repeat(300_000)).length).toBeGreaterThan(0);
    },
  );
});
