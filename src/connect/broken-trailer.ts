import { ApiError } from "../core/errors/api-error.js";
import { brokenResponse } from "../core/errors/unexpected-response.js";

/** The texts of Node and browsers for a header that is not valid. */
const invalidHeader =
  /^Headers\.append: |^Failed to execute 'append' on 'Headers'|^Header '.*' has |to a ByteString/;

/**
 * Returns the error for a trailer of gRPC-Web that is not a valid header. Returns all other errors unchanged. It is for a
 * transport without interceptors, because an interceptor that sets such a header fails with the same text.
 */
export function orBrokenTrailer(reason: unknown): unknown {
  return reason instanceof ApiError && reason.code === "unknown" && invalidHeader.test(reason.rawMessage)
    ? brokenResponse({})
    : reason;
}
