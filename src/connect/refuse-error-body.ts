import type { ErrorContext } from "../core/errors/api-error.js";
import { UnexpectedResponseError } from "../core/errors/errors.js";
import type { Json } from "../core/json/fields.js";
import { errorField } from "../core/json/refuse-errors.js";

/**
 * Checks that a response with a success status is not the error of a proxy.
 *
 * @param fields - the names of the response message's own fields, which may be named as those of such an error.
 * @throws UnexpectedResponseError with this context if it is one.
 */
export function refuseErrorBody(body: Json, context: ErrorContext, fields: readonly string[] = []): void {
  const failed = errorField(body);
  if (failed && !fields.includes(failed))
    throw new UnexpectedResponseError(
      `The response's field ${failed} reports that the call failed.`,
      context,
    );
}
