import {
  AlreadyExistsError,
  DeadlineExceededError,
  InvalidArgumentError,
  mayHaveActed,
  NetworkError,
  UnexpectedResponseError,
} from "tenantry";
import { expect, it } from "vitest";

it("a lost, late or unreadable response leaves open whether the server has acted", () => {
  expect(mayHaveActed(new NetworkError("the connection broke", { attempts: 1 }))).toBe(true);
  expect(mayHaveActed(new DeadlineExceededError("time ran out", { attempts: 1 }))).toBe(true);
  expect(mayHaveActed(new UnexpectedResponseError("not JSON", { attempts: 1 }))).toBe(true);
});

it("a server that refuses the only request has not acted", () => {
  expect(mayHaveActed(new AlreadyExistsError("taken", { attempts: 1 }))).toBe(false);
});

it("a server that refuses the last of several requests may have acted on an earlier one", () => {
  expect(mayHaveActed(new AlreadyExistsError("taken", { attempts: 2 }))).toBe(true);
});

it("nothing has happened if nothing was sent", () => {
  expect(mayHaveActed(new InvalidArgumentError("name: is missing"))).toBe(false);
  expect(mayHaveActed(new NetworkError("no token to send"))).toBe(false);
});

it("an error with a part of the result comes after a success, even if it names no request", () => {
  const partial = { accessToken: "a" };
  expect(mayHaveActed(new UnexpectedResponseError("auth did not accept the tokens", { partial }))).toBe(true);
});
