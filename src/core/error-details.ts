import { type FieldPath, ViolationsSchema } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import type { ConnectError } from "@connectrpc/connect";
import {
  BadRequestSchema,
  ErrorInfoSchema,
  RequestInfoSchema,
  RetryInfoSchema,
} from "../../gen/google/rpc/error_details_pb.js";

/** One field of a request that breaks a rule. */
export interface FieldViolation {
  /** The path to the field, such as `name` or `resources[2].id`. */
  readonly field: string;
  /** The broken rule's id, such as `string.pattern`; empty where the server names none. */
  readonly rule: string;
  /** What is wrong, for people. */
  readonly message: string;
}

/** The broken rules that an error's details name: protovalidate's `Violations` and `google.rpc.BadRequest`. */
export function violationsOf(error: ConnectError): FieldViolation[] {
  return [
    ...error
      .findDetails(ViolationsSchema)
      .flatMap(({ violations }) =>
        violations.map(({ field, ruleId, message }) => ({ field: pathOf(field), rule: ruleId, message })),
      ),
    ...error.findDetails(BadRequestSchema).flatMap(({ fieldViolations }) =>
      fieldViolations.map(({ field, reason, description }) => ({
        field,
        rule: reason,
        message: description,
      })),
    ),
  ];
}

/** The server's id of the request, for its support: a header's, else `google.rpc.RequestInfo`'s. */
export function requestIdOf(metadata: Headers, error?: ConnectError): string | undefined {
  return metadata.get("x-request-id") ?? error?.findDetails(RequestInfoSchema)[0]?.requestId;
}

/**
 * How many milliseconds the server asks its caller to wait: from the headers
 * `retry-after-ms` or `retry-after` (seconds, or a date), else from
 * `google.rpc.RetryInfo`. Nothing where it says nothing that can be read.
 */
export function retryAfterMsOf(error: ConnectError, now: number): number | undefined {
  const { metadata } = error;
  const ms = positive(metadata.get("retry-after-ms"));
  if (ms !== undefined) return ms;
  const header = metadata.get("retry-after");
  const seconds = positive(header);
  if (seconds !== undefined) return Math.min(seconds * 1000, Number.MAX_SAFE_INTEGER);
  // An HTTP date begins with the day of the week; Date.parse would make a date of "-1" too.
  const date = Date.parse(header?.match(/^[a-z]{3}.*/i)?.[0] ?? "");
  if (!Number.isNaN(date)) return Math.max(0, date - now);
  const delay = error.findDetails(RetryInfoSchema)[0]?.retryDelay;
  return delay && Math.max(0, Number(delay.seconds) * 1000 + delay.nanos / 1e6);
}

/** The server's machine-readable reason for the failure. */
export function reasonOf(error: ConnectError): string | undefined {
  return error.findDetails(ErrorInfoSchema)[0]?.reason;
}

/** A header's value as a number of at least zero. */
function positive(text: string | null): number | undefined {
  const value = Number(text?.trim() || Number.NaN);
  return value >= 0 && value < Number.POSITIVE_INFINITY ? value : undefined;
}

function pathOf(path: FieldPath | undefined): string {
  let text = "";
  for (const { fieldName, subscript } of path?.elements ?? []) {
    text += (text && ".") + fieldName;
    if (subscript.case)
      text += `[${subscript.case === "stringKey" ? JSON.stringify(subscript.value) : subscript.value}]`;
  }
  return text;
}
