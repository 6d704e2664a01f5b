import { ApiError } from "./api-error.js";
import { causes } from "./network.js";

/**
 * Checks whether an error, or one of its causes, is a failed call of a client.
 *
 * @param code - matches the code in brackets, such as `[unavailable]`. The text of a Connect client's error begins with it.
 */
export function isFailedCall(reason: unknown, code: RegExp): boolean {
  return causes(reason).some((cause) =>
    code.test(
      cause instanceof ApiError ? `[${cause.code}]` : cause.name === "ConnectError" ? cause.message : "",
    ),
  );
}
