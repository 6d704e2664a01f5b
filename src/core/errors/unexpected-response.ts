import type { ErrorContext } from "./api-error.js";
import { UnexpectedResponseError } from "./errors.js";

/** Returns the error for a response that is not complete, or does not match its content type. */
export function brokenResponse(context: ErrorContext): UnexpectedResponseError {
  return new UnexpectedResponseError("The response is broken, or it was cut off.", context);
}

/**
 * Returns the error for a response that this API cannot have sent. `what` describes the response, such as "an HTTP
 * 502".
 */
export function notFromApi(what: string, context: ErrorContext): UnexpectedResponseError {
  const text = `The response is ${what}, so it is not from this API. Check \`baseUrl\`.`;
  return new UnexpectedResponseError(text, context);
}
