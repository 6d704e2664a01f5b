import { Code, ConnectError } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { NetworkError } from "../core/errors/errors.js";
import { toError } from "./to-error.js";

/** The failure of a Connect transport because of an error with this code. */
function failureWith(code: string): ConnectError {
  return ConnectError.from(Object.assign(new Error("no"), { code }), Code.Internal);
}

describe("toError", () => {
  // `X509_verify_cert_error_string(3)` lists OpenSSL's reasons. Node uses their names as codes.
  it.each([
    "UNABLE_TO_GET_ISSUER_CERT",
    "UNABLE_TO_GET_CRL",
    "UNABLE_TO_DECRYPT_CERT_SIGNATURE",
    "UNABLE_TO_DECRYPT_CRL_SIGNATURE",
    "UNABLE_TO_DECODE_ISSUER_PUBLIC_KEY",
    "CERT_SIGNATURE_FAILURE",
    "CRL_SIGNATURE_FAILURE",
    "CERT_NOT_YET_VALID",
    "CERT_HAS_EXPIRED",
    "CRL_NOT_YET_VALID",
    "CRL_HAS_EXPIRED",
    "ERROR_IN_CERT_NOT_BEFORE_FIELD",
    "ERROR_IN_CERT_NOT_AFTER_FIELD",
    "ERROR_IN_CRL_LAST_UPDATE_FIELD",
    "ERROR_IN_CRL_NEXT_UPDATE_FIELD",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "SELF_SIGNED_CERT_IN_CHAIN",
    "UNABLE_TO_GET_ISSUER_CERT_LOCALLY",
    "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
    "CERT_CHAIN_TOO_LONG",
    "CERT_REVOKED",
    "INVALID_CA",
    "PATH_LENGTH_EXCEEDED",
    "INVALID_PURPOSE",
    "CERT_UNTRUSTED",
    "CERT_REJECTED",
    "HOSTNAME_MISMATCH",
    "ERR_TLS_CERT_ALTNAME_INVALID",
    "ERR_SSL_WRONG_VERSION_NUMBER",
    "HPE_INVALID_CONSTANT",
  ])("returns a NetworkError for Node's code %s", (code) => {
    expect(toError(failureWith(code), undefined, 0)).toBeInstanceOf(NetworkError);
  });

  it.each(["INVALID_ARGUMENT", "INVALID_CREDENTIALS", "BAD_SIGNATURE", "UNKNOWN_HOSTNAME"])(
    "returns no NetworkError for the code %s of an interceptor, which is a mistake",
    (code) => {
      expect(toError(failureWith(code), undefined, 0)).toMatchObject({ code: "internal", rawMessage: "no" });
    },
  );

  const texts = ["missing message", "protocol error: no", "connection aborted", "decompression failed"];
  const fromServer: Record<string, string>[] = [
    { "content-type": "application/json" },
    { "content-type": "application/grpc", "grpc-status": "1" },
    { "content-type": "application/grpc", "grpc-status": "16" },
    { "content-type": "application/grpc-web+proto", "grpc-status-details-bin": "CAM" },
  ];
  const fromConnect: Record<string, string>[] = [
    { "content-type": "application/grpc", "grpc-status": "0" },
    { "content-type": "application/grpc", "grpc-status": "17" },
    { "content-type": "application/proto" },
  ];
  const failure = (text: string, headers: Record<string, string>) =>
    toError(new ConnectError(text, Code.Internal, headers), undefined, 0);

  it.each(fromServer)(
    "keeps the text and the code of a server's error, even if the text is Connect's: %o",
    (headers) => {
      for (const text of texts) {
        expect(failure(text, headers)).toMatchObject({
          name: "ApiError",
          code: "internal",
          rawMessage: text,
        });
      }
    },
  );

  it.each(fromConnect)("reads the text of Connect's own error: %o", (headers) => {
    const names = texts.map((text) => Object(failure(text, headers)).name);
    const unread = "UnexpectedResponseError";
    expect(names).toEqual([unread, unread, "NetworkError", unread]);
  });

  it("returns a NetworkError for a failure of the network, and any other failure unchanged", () => {
    expect(toError(new TypeError("fetch failed"), undefined, 0)).toBeInstanceOf(NetworkError);
    for (const reason of [new Error("a mistake in an interceptor"), "a string", undefined])
      expect(toError(reason, undefined, 0)).toBe(reason);
  });

  it("returns the signal's reason if the signal has aborted", () => {
    const reason = new Error("the page was left");
    expect(toError(new TypeError("fetch failed"), AbortSignal.abort(reason), 0)).toBe(reason);
  });

  it("reads a header that a gRPC server sends in the trailers too", () => {
    const metadata = new Headers({ "grpc-status": "14" });
    for (let times = 0; times < 2; times++) {
      metadata.append("retry-after", "3");
      metadata.append("x-request-id", "req-1");
    }
    const error = new ConnectError("later", Code.Unavailable, metadata);
    expect(toError(error, undefined, 0)).toMatchObject({ retryAfterMs: 3_000, requestId: "req-1" });
  });
});
