import { describe, expect, it } from "vitest";
import { type NumberedKind, PlaceholderMaker } from "./placeholder-maker.js";

const uuid = "7a1c4c39-5d0e-4d2c-9a3c-0f6a3a3f9d10";

describe("the placeholder of a value", () => {
  it.each<[NumberedKind, string, string]>([
    ["id", uuid, "<uuid:1>"],
    ["id", uuid.toUpperCase(), "<UUID:1>"],
    ["id", "team-7", "<id:1>"],
    ["id", "team7", "<id:1 like a{4}0>"],
    ["secret", "welcome", "<secret:1>"],
    ["secret", uuid, "<token:1>"],
    ["secret", `neo_at_v1_${uuid}`, "<token:1>"],
    ["email", "ada@example.com", "<email:1@1>"],
    ["email", "ada", "<email:1 like aaa>"],
    ["domain", "example.com", "<domain:1>"],
    ["domain", "localhost", "<domain:1 like a{9}>"],
    ["url", "https://example.com/", "<url:1>"],
    ["url", "/login", "<url:1 like /a{5}>"],
    ["name", "acme", "<name:1>"],
    ["name", "No!", "<name:1 like Aa!>"],
    ["text", "The 1st", "<text:1 like Aaa 0aa>"],
    ["person", "Ada Lovelace", "<person:1>"],
    ["code", "4711", "<code:1>"],
    ["name", "", ""],
  ])("of kind %s: %s is %s", (kind, value, placeholder) => {
    expect(new PlaceholderMaker().of(kind, value)).toBe(placeholder);
  });

  it("is always the same, also for an id in capitals", () => {
    const placeholders = new PlaceholderMaker();
    const values = [uuid, uuid.replace("7", "8"), uuid.toUpperCase(), uuid];
    expect(values.map((value) => placeholders.of("id", value))).toEqual([
      "<uuid:1>",
      "<uuid:2>",
      "<UUID:1>",
      "<uuid:1>",
    ]);
  });
});
