import { UnexpectedResponseError } from "tenantry";
import { expect, it } from "vitest";
import { mayHaveActed } from "./refresh.js";

it("a call whose error has a part of the result has acted, even if the tokens could not be handed over", () => {
  const partial = { accessToken: "a" };
  expect(mayHaveActed(new UnexpectedResponseError("auth did not accept the tokens", { partial }))).toBe(true);
  expect(mayHaveActed(new UnexpectedResponseError("a wrong argument"))).toBe(false);
});
