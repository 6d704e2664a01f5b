import { expect, it } from "vitest";
import { jwtExpiry, jwtIssuedAt } from "./jwt.js";

const encode = (claims: unknown) => Buffer.from(JSON.stringify(claims)).toString("base64url");

it("reads exp, in milliseconds", () => {
  expect(jwtExpiry(`e30.${encode({ exp: 1_767_225_600 })}.sig`)).toBe(1_767_225_600_000);
  // Letters that base64url writes differently, and names beyond ASCII.
  expect(jwtExpiry(`e30.${encode({ name: "ÿÿ?>~ 日本", exp: 12.5 })}.sig`)).toBe(12_500);
});

it("reads iat, in milliseconds", () => {
  expect(jwtIssuedAt(`e30.${encode({ iat: 1_767_225_600, exp: 1 })}.sig`)).toBe(1_767_225_600_000);
  expect(jwtIssuedAt(`e30.${encode({ exp: 1 })}.sig`)).toBeUndefined();
});

it.each([
  "",
  "opaque",
  "a.b",
  "a.%%.c",
  `e30.${encode(null)}.s`,
  `e30.${encode("exp")}.s`,
  `e30.${encode({})}.s`,
  `e30.${encode({ exp: "soon" })}.s`,
  `e30.${encode({ exp: -1 })}.s`,
  `e30.${encode({ exp: null })}.s`,
  // An `exp` that no number can hold.
  `e30.${btoa('{"exp":1e999}')}.s`,
])("returns undefined for %j", (token) => {
  expect(jwtExpiry(token)).toBeUndefined();
});
