import { FieldError } from "./field-error.js";
import { isRecord, type Json } from "./fields.js";

/**
 * Returns the field that shows that a response is an error, although its status is a success. Some proxies send such
 * responses: `{"error": …}` or `{"code": …, "message": …}`. Returns undefined if the response is not an error. No
 * response of the three APIs has fields with these names.
 */
export function errorField(body: Json): "error" | "code" | undefined {
  if (body["error"]) return "error";
  return body["code"] && typeof body["message"] === "string" ? "code" : undefined;
}

/** Throws a `FieldError` if a response is an error, which would otherwise be read as a success with empty fields. */
export function refuseErrors(body: Json): void {
  const field = errorField(body);
  if (!field) return;
  const { error } = body;
  const message = isRecord(error) ? error["message"] : (error ?? body["message"]);
  throw new FieldError(
    field,
    `reports that the call failed${message && typeof message === "string" ? `: ${message}` : ""}`,
  );
}
