import { expect, it } from "vitest";
import { differences, plain } from "./match.js";

it("compares bytes as a list of numbers, and shows them as bytes", () => {
  const data = Uint8Array.of(1, 2);
  expect(differences({ data }, { data: Uint8Array.of(1, 2) })).toEqual([]);
  expect(differences({ data }, { data: Uint8Array.of(1, 2, 3) })).toHaveLength(1);
  expect(plain({ data })).toEqual({ data });
});
