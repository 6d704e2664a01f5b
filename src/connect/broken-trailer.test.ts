import { expect, it } from "vitest";
import { ApiError } from "../core/errors/api-error.js";
import { InvalidArgumentError, UnexpectedResponseError } from "../core/errors/errors.js";
import { orBrokenTrailer } from "./broken-trailer.js";

const text = "Headers.append: x is an invalid header value.";

it("an invalid trailer is an UnexpectedResponseError", () => {
  expect(orBrokenTrailer(new ApiError(text))).toBeInstanceOf(UnexpectedResponseError);
});

it("other errors are unchanged, even if they are about a header", () => {
  for (const reason of [new Error(text), new InvalidArgumentError(text), new ApiError("Headers are missing")])
    expect(orBrokenTrailer(reason)).toBe(reason);
});
