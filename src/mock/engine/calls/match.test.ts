import { expect, it } from "vitest";
import { differences, plain } from "./match.js";

it("bytes are compared as a list of numbers, and shown as bytes", () => {
  const data = Uint8Array.of(1, 2);
  expect(differences({ data }, { data: Uint8Array.of(1, 2) })).toEqual([]);
  expect(differences({ data }, { data: Uint8Array.of(1, 2, 3) })).toHaveLength(1);
  expect(plain({ data })).toEqual({ data });
});
