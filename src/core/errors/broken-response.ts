import type { ErrorContext } from "./api-error.js";
import { UnexpectedResponseError } from "./errors.js";

/** Returns the error for a response that is not complete, or does not match its content type. */
export function brokenResponse(context: ErrorContext): UnexpectedResponseError {
  return new UnexpectedResponseError("The response is broken, or it was cut off.", context);
}
