import type { ErrorContext } from "./api-error.js";
import { UnexpectedResponseError } from "./errors.js";

/** The error for a response that this API cannot have sent, such as a web page. `what` says what the response is instead. */
export function notFromApi(what: string, context: ErrorContext): UnexpectedResponseError {
  const text = `The response is ${what}, so it is not from this API. Check \`baseUrl\`.`;
  return new UnexpectedResponseError(text, context);
}
