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
});
