import { describe, expect, it } from "vitest";
import { UnavailableError } from "./errors.js";
import { isNetworkFailure, provesUnsent } from "./network.js";

const withCode = (code: string) => Object.assign(new Error(`something ${code}`), { code });

describe("a failure of the network", () => {
  it.each([
    ["Node's fetch", new TypeError("fetch failed", { cause: withCode("UND_ERR_SOCKET") })],
    ["a cut body in Node", new TypeError("terminated")],
    ["Chrome", new TypeError("Failed to fetch")],
    ["Firefox", new TypeError("NetworkError when attempting to fetch resource.")],
    ["Safari", new TypeError("Load failed")],
    ["Node's http", withCode("ECONNRESET")],
    ["Node's http2", withCode("ERR_HTTP2_STREAM_ERROR")],
    ["Bun", withCode("ConnectionClosed")],
    ["a name that is not resolved", withCode("EAI_AGAIN")],
    ["a cause of another error", new Error("x", { cause: withCode("EPIPE") })],
  ])("%s", (_name, reason) => {
    expect(isNetworkFailure(reason)).toBe(true);
  });

  it.each([
    ["a mistake in a program", new TypeError("x is not a function")],
    ["a refused grant", withCode("invalid_grant")],
    ["a wrong argument", withCode("ERR_INVALID_ARG_TYPE")],
    ["an error of the server", new UnavailableError("overloaded")],
    ["a text", "ECONNRESET"],
  ])("is not %s", (_name, reason) => {
    expect(isNetworkFailure(reason)).toBe(false);
  });

  it("proves that nothing was sent only if there was no connection", () => {
    const unsent = ["ECONNREFUSED", "ENOTFOUND", "EAI_AGAIN", "UND_ERR_CONNECT_TIMEOUT", "ConnectionRefused"];
    for (const code of unsent) {
      expect(provesUnsent(new TypeError("fetch failed", { cause: withCode(code) }))).toBe(true);
    }
    for (const code of ["ECONNRESET", "EPIPE", "ETIMEDOUT", "EHOSTUNREACH", "UND_ERR_SOCKET"]) {
      expect(provesUnsent(withCode(code))).toBe(false);
    }
  });
});
