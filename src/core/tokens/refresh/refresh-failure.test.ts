import { inspect } from "node:util";
import { Code, ConnectError } from "@connectrpc/connect";
import { expect, it } from "vitest";
import { toConnectError } from "../../../connect/to-connect-error.js";
import { NetworkError, UnauthenticatedError } from "../../errors/errors.js";
import { SignInAgainError } from "../../errors/token-errors.js";
import { invalidResult, oauthErrorIn, refreshFailure } from "./refresh-failure.js";

/** As axios makes it. */
const axiosError = Object.assign(new Error("Request failed with status code 400"), {
  name: "AxiosError",
  code: "ERR_BAD_REQUEST",
  config: { data: "refresh_token=s3cr3t-token", headers: {} },
  response: { status: 400, data: { error: "invalid_grant", error_description: "s3cr3t-token is spent" } },
});

it.each([
  ["axios", axiosError, "invalid_grant"],
  ["an OAuth client", Object.assign(new Error("x"), { error: "login_required" }), "login_required"],
  ["a code", Object.assign(new Error("x"), { code: "invalid_client" }), "invalid_client"],
  ["a text", new Error("400: invalid_grant"), "invalid_grant"],
  ["a cause", new Error("x", { cause: { body: { error: "access_denied" } } }), "access_denied"],
  ["a body that is text", { body: '{"error":"invalid_scope"}' }, "invalid_scope"],
  ["a plain object", { error: "invalid_grant" }, "invalid_grant"],
])("an OAuth error in %s is a SignInAgainError", (_place, reason, code) => {
  expect(oauthErrorIn(reason)).toBe(code);
  const error = refreshFailure(reason, []).toError();
  expect(error).toMatchObject({ name: "SignInAgainError", code: "unauthenticated" });
  expect(error.message).toBe(`the server refuses to refresh the token (${code}). Sign in again.`);
  expect(error).toBeInstanceOf(UnauthenticatedError);
});

it("a call of a Connect client has the same failures as a call of this SDK", () => {
  const failureAfter = (code: Code) => refreshFailure(new ConnectError("no", code), []).toError();
  expect(failureAfter(Code.Unauthenticated)).toBeInstanceOf(SignInAgainError);
  expect(failureAfter(Code.DeadlineExceeded)).toBeInstanceOf(NetworkError);
  expect(failureAfter(Code.PermissionDenied).name).toBe("TokenRefreshError");
  const viaTransport = toConnectError(
    new UnauthenticatedError("no", { method: "acme.v1.TokenService/Refresh" }),
  );
  expect(refreshFailure(viaTransport, []).toError()).toBeInstanceOf(SignInAgainError);
});

it("a SignInAgainError keeps its own text, without the tokens", () => {
  const reason = new SignInAgainError("s3cr3t-token is spent. Sign in again.");
  const failure = refreshFailure(reason, ["s3cr3t-token"]);
  expect(failure.toError()).toMatchObject({
    name: "SignInAgainError",
    message: "[secret] is spent. Sign in again.",
    cause: { name: "SignInAgainError" },
  });
  expect(failure.toError()).not.toBe(failure.toError());
});

it.each([
  new Error("server_error"),
  new Error("invalid_request_id"),
  Object.assign(new Error("x"), { error: "temporarily_unavailable" }),
  null,
  7,
])("%s is not a SignInAgainError", (reason) => {
  expect(refreshFailure(reason, []).toError().name).toBe("TokenRefreshError");
});

it("an error that is its own cause, or has a getter that throws, does no harm", () => {
  const error = new Error("x");
  error.cause = error;
  Object.defineProperty(error, "response", {
    get() {
      throw new Error("no");
    },
  });
  expect(oauthErrorIn(error)).toBeUndefined();
});

it("a network failure is a NetworkError, and a bug is a TokenRefreshError with its text", () => {
  expect(refreshFailure(new TypeError("fetch failed"), []).toError()).toBeInstanceOf(NetworkError);
  const bug = refreshFailure(new TypeError("x is undefined"), []).toError();
  expect(bug).toMatchObject({
    name: "TokenRefreshError",
    message: "`refresh` threw TypeError: x is undefined",
  });
});

it("the error for a result without tokens names the missing field, or an OAuth error", () => {
  expect(invalidResult({ access_token: "a" }, "has no accessToken").toError().message).toBe(
    "the result of `refresh` has no accessToken",
  );
  expect(invalidResult({ error: "invalid_grant" }, "has no accessToken").toError().name).toBe(
    "SignInAgainError",
  );
});

it("only the texts of an HTTP library's error are kept, without secrets", () => {
  const error = refreshFailure(axiosError, ["s3cr3t-token"]).toError();
  expect(inspect(error, { depth: 9, showHidden: true })).not.toContain("s3cr3t");
  expect(error.cause).toMatchObject({ name: "AxiosError", message: "Request failed with status code 400" });
});

it("every caller gets an error of its own", () => {
  const failure = refreshFailure(new Error("down"), []);
  expect(failure.toError()).not.toBe(failure.toError());
});
