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

  it("replaces values that were seen before: the longest, and names only as whole words", () => {
    const placeholders = new PlaceholderMaker();
    for (const name of ["acme", "acme-north", "ab", "Å"]) placeholders.of("name", name);
    placeholders.of("secret", "s3cr3t");
    placeholders.of("code", "4711");
    const texts = {
      "acme-north, acme-northern acme": "<name:2>, <name:1>-northern <name:1>",
      "acmes, Åacme, acme𝒜, 𝒜acme, acme9, ab": "acmes, Åacme, acme𝒜, 𝒜acme, acme9, ab",
      "xs3cr3ty, 47110, 4711": "x<secret:1>y, 47110, <code:1>",
    };
    for (const [text, expected] of Object.entries(texts))
      expect(filterText(text, placeholders)).toBe(expected);
  });

  it("replaces values of any length", () => {
    const placeholders = new PlaceholderMaker();
    const long = "long".repeat(100_000);
    placeholders.of("secret", long);
    placeholders.of("name", `${long} name`);
    expect(filterText(`no ${long} nor ${long} name`, placeholders)).toBe(
      "no <secret:1> nor <name:1 like a{400000} a{4}>",
    );
    expect(filterText("other text", placeholders)).toBe("other text");
  });

  // If each text took longer after each new value, this would take minutes.
  it("is fast if new values come between the texts", () => {
    const placeholders = new PlaceholderMaker();
    for (let count = 0; count < 20_000; count++) {
      placeholders.of("person", `Person ${count}`);
      expect(filterText(`no Person ${count} here`, placeholders)).toBe(`no <person:${count + 1}> here`);
    }
  });
});
