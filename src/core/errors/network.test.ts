import { getSystemErrorMap } from "node:util";
import { describe, expect, it } from "vitest";
import { UnavailableError } from "./errors.js";
import { isNetworkFailure, provesUnsent, textOf } from "./network.js";

const withCode = (code: string) => Object.assign(new Error(`something ${code}`), { code });

describe("a failure of the network", () => {
  it.each([
    ["Node's fetch", new TypeError("fetch failed", { cause: withCode("UND_ERR_SOCKET") })],
    ["a cut body in Node", new TypeError("terminated")],
    ["Chrome", new TypeError("Failed to fetch")],
    ["Firefox", new TypeError("NetworkError when attempting to fetch resource.")],
    ["Safari", new TypeError("Load failed")],
    ["a cut body in Safari", new TypeError("The network connection was lost.")],
    ["Deno", new TypeError("error sending request for url (https://api.example.com/)")],
    ["a cut body in Deno", new TypeError("error reading a body from connection")],
    ["a cut body in Chrome", new TypeError("network error")],
    ["a cut body in Firefox, read in pieces", new TypeError("Error in input stream")],
    ["a cut body in Firefox", new DOMException("A network error occurred.", "NetworkError")],
    ["a fetch on top of XMLHttpRequest", new TypeError("Network request failed")],
    ["workerd", new Error("Network connection lost.")],
    ["undici", withCode("UND_ERR_HEADERS_TIMEOUT")],
    ["node-fetch", withCode("ERR_STREAM_PREMATURE_CLOSE")],
    ["a server without TLS", withCode("ERR_SSL_WRONG_VERSION_NUMBER")],
    ["a TLS handshake that takes too long", withCode("ERR_TLS_HANDSHAKE_TIMEOUT")],
    ["an expired certificate", withCode("CERT_HAS_EXPIRED")],
    ["a self-signed certificate", withCode("DEPTH_ZERO_SELF_SIGNED_CERT")],
    ["a certificate without its chain", withCode("UNABLE_TO_VERIFY_LEAF_SIGNATURE")],
    ["Node's http", withCode("ECONNRESET")],
    ["Node's http2", withCode("ERR_HTTP2_STREAM_ERROR")],
    ["Bun", withCode("ConnectionClosed")],
    ["a name that is not resolved", withCode("EAI_AGAIN")],
    ["a connection that the system refuses", Object.assign(withCode("EACCES"), { syscall: "connect" })],
    ["the cause of another error", new Error("x", { cause: withCode("EPIPE") })],
  ])("is recognized: %s", (_name, reason) => {
    expect(isNetworkFailure(reason)).toBe(true);
  });

  it.each([
    ["a mistake in a program", new TypeError("x is not a function")],
    ["a mistake that names fetch", new TypeError("Cannot read properties of undefined (reading 'fetch')")],
    ["a mistake that names a network", new TypeError("this.network is undefined")],
    ["a mistake with a network", new TypeError("network is undefined")],
    ["a mistake with a function", new TypeError("terminate is not a function")],
    ["a mistake with an error", new TypeError("error is not iterable")],
    ["another error that names fetch", new Error("cannot fetch the user")],
    ["a file that does not exist", withCode("ENOENT")],
    ["a file that must not be read", withCode("EACCES")],
    ["too many open files", withCode("EMFILE")],
    ["a full disk", withCode("ENOSPC")],
    ["a refused grant", withCode("invalid_grant")],
    ["a wrong argument", withCode("ERR_INVALID_ARG_TYPE")],
    ["a wrong signature", withCode("ERR_JWS_SIGNATURE_VERIFICATION_FAILED")],
    ["an error of the server", new UnavailableError("overloaded")],
    ["a string", "ECONNRESET"],
    ["a caller's abort", new DOMException("This operation was aborted", "AbortError")],
  ])("is not %s", (_name, reason) => {
    expect(isNetworkFailure(reason)).toBe(false);
  });

  const unsent = [
    "ECONNREFUSED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "UND_ERR_CONNECT_TIMEOUT",
    "ConnectionRefused",
    "ERR_HTTP2_CONNECT_TIMEOUT",
    "ERR_HTTP2_STREAM_REFUSED",
  ];
  // These are also raised on a connection that was open, so they prove nothing.
  const perhapsSent = [
    "ECONNRESET",
    "EPIPE",
    "ETIMEDOUT",
    "EHOSTUNREACH",
    "UND_ERR_SOCKET",
    "UND_ERR_HEADERS_TIMEOUT",
    "UND_ERR_BODY_TIMEOUT",
    "UND_ERR_ABORTED",
    "ERR_HTTP2_STREAM_CANCEL",
    "ERR_HTTP2_SESSION_ERROR",
    "ERR_HTTP2_GOAWAY_SESSION",
    "ERR_SOCKET_CONNECTION_TIMEOUT",
    "ConnectionReset",
    "ConnectionClosed",
    "CHARGE_REFUSED",
  ];

  it.each([
    ...unsent.map((code) => [code, true] as const),
    ...perhapsSent.map((code) => [code, false] as const),
  ])("%s proves that nothing was sent: %s", (code, proof) => {
    expect(provesUnsent(withCode(code))).toBe(proof);
    expect(provesUnsent(new TypeError("fetch failed", { cause: withCode(code) }))).toBe(proof);
  });

  it("of all codes of the system, only a refused connection and a failed look-up prove that nothing was sent", () => {
    const codes = [...getSystemErrorMap().values()].map(([code]) => code);
    expect(codes).toContain("ECONNRESET");
    const proofs = codes.filter((code) => provesUnsent(withCode(code)));
    expect(proofs.sort()).toEqual(["EAI_AGAIN", "ECONNREFUSED"]);
  });

  // Node's fetch has used HTTP/2 since Node 26. Its errors name the code of the stream only in their text.
  it.each([
    ["REFUSED_STREAM", true],
    ["INTERNAL_ERROR", false],
    ["ENHANCE_YOUR_CALM", false],
  ])("a stream of fetch that was closed with %s proves that nothing was sent: %s", (name, proof) => {
    const cause = Object.assign(new Error(`Stream closed with error code NGHTTP2_${name}`), {
      code: "ERR_HTTP2_STREAM_ERROR",
    });
    expect(provesUnsent(new TypeError("fetch failed", { cause }))).toBe(proof);
  });

  it("a text alone proves nothing", () => {
    expect(provesUnsent(new Error("ECONNREFUSED NGHTTP2_REFUSED_STREAM"))).toBe(false);
  });
});

describe("the text of what was thrown", () => {
  it.each([
    ["the message", new Error("no"), "no"],
    [
      "the code if there is no message",
      Object.assign(new Error(""), { code: "ECONNREFUSED" }),
      "ECONNREFUSED",
    ],
    ["the name if there is no code either", new RangeError(""), "RangeError"],
    ["a string", "no", "no"],
    ["undefined", undefined, "undefined"],
    [
      "a note for an error that cannot become a string",
      Object.assign(new Error("no"), { toString: null }),
      "an object was thrown",
    ],
    ["a note for an object", { toString: null }, "an object was thrown"],
  ])("is %s", (_kind, reason, text) => {
    expect(textOf(reason)).toBe(text);
  });
});
