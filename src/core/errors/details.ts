import { isRecord, type Json, list, optional, optionalObject, string } from "../json/fields.js";
import { int64 } from "../json/numbers.js";
import { decode, type Schema } from "./protobuf.js";

/** A field of a request that breaks a rule. */
export interface FieldViolation {
  /**
   * The path to the field, such as `name` or `resources[2].id`. A server writes names in snake_case (`expires_at`). The
   * client, which checks arguments before it sends, writes them as in the method (`expiresAt`).
   */
  readonly field: string;
  /** The id of the rule, such as `string.pattern`. Empty if the server sent none. */
  readonly rule: string;
  /** The problem, as a text for people. */
  readonly message: string;
}

/** A detail of an error. */
export interface ErrorDetail {
  /** The full name of the message, such as `google.rpc.ErrorInfo`. */
  readonly type: string;
  /**
   * The message as a plain object with the field names of its JSON form, for `google.rpc` ErrorInfo, RetryInfo,
   * RequestInfo, BadRequest, QuotaFailure and for `buf.validate.Violations`. Undefined for all other types.
   */
  readonly value: Readonly<Record<string, unknown>> | undefined;
  /** The message in protobuf's binary form, as base64. Empty if it contained a token or another secret of the call. */
  readonly base64: string;
}

const pathElement: Schema = {
  2: "fieldName",
  6: "index",
  7: "boolKey",
  8: "intKey",
  9: "uintKey",
  10: "stringKey",
};

/** The known detail types. Their numbers and names are those of googleapis and protovalidate. */
const schemas: Readonly<Record<string, Schema>> = {
  "google.rpc.ErrorInfo": { 1: "reason", 2: "domain", 3: ["metadata", { 1: "key", 2: "value" }, "map"] },
  "google.rpc.RetryInfo": { 1: ["retryDelay", { 1: "seconds", 2: "nanos" }] },
  "google.rpc.RequestInfo": { 1: "requestId", 2: "servingData" },
  "google.rpc.BadRequest": {
    1: ["fieldViolations", { 1: "field", 2: "description", 3: "reason" }, "list"],
  },
  "google.rpc.QuotaFailure": { 1: ["violations", { 1: "subject", 2: "description" }, "list"] },
  "buf.validate.Violations": {
    1: [
      "violations",
      // Older servers send the path as a string, in field 1.
      { 1: "fieldPath", 2: "ruleId", 3: "message", 5: ["field", { 1: ["elements", pathElement, "list"] }] },
      "list",
    ],
  },
};

/** Reads the details of Connect's JSON. Skips items that are not details, so that the rest of the error is not lost. */
export function readDetails(details: unknown): ErrorDetail[] {
  return (Array.isArray(details) ? details : []).flatMap((detail) => {
    if (!isRecord(detail)) return [];
    const { type, value } = detail;
    return typeof type === "string" && typeof value === "string" ? [toDetail(type, value)] : [];
  });
}

/**
 * Creates a detail from its bytes. Its `value` is undefined if the type is unknown, or if the bytes are not a message
 * of this type.
 */
export function toDetail(type: string, base64: string): ErrorDetail {
  const schema = Object.hasOwn(schemas, type) ? schemas[type] : undefined;
  let value: ErrorDetail["value"];
  try {
    const bytes = Uint8Array.from(atob(base64), (char) => char.charCodeAt(0));
    value = schema && decode(bytes, schema);
  } catch {}
  return { type, value, base64 };
}

/** The content of details, as fields of an `ApiError`. */
export interface DetailFacts {
  violations: FieldViolation[];
  reason?: string;
  requestId?: string;
  retryAfterMs?: number | undefined;
}

/** Reads the known details: the broken rules, the reason, the request's id, and how long to wait. */
export function factsOf(details: readonly ErrorDetail[]): DetailFacts {
  const facts: DetailFacts = { violations: [] };
  for (const { type, value = {} } of details) {
    try {
      // Each of these fields is in one type only.
      Object.assign(facts, optional(value, "reason", string), optional(value, "requestId", string));
      facts.retryAfterMs = optionalObject(value, "retryDelay", toMs) ?? facts.retryAfterMs;
      facts.violations.push(...list(value, "fieldViolations", toBadField));
      if (type === "buf.validate.Violations")
        facts.violations.push(...list(value, "violations", toViolation));
    } catch {
      // A field has another type, or a number is too large. It is skipped, so that the rest of the error is not lost.
    }
  }
  return facts;
}

function toMs(duration: Json): number {
  return Math.max(0, int64(duration, "seconds") * 1000 + int64(duration, "nanos") / 1e6);
}

function toBadField(json: Json): FieldViolation {
  return {
    field: string(json, "field"),
    rule: string(json, "reason"),
    message: string(json, "description"),
  };
}

function toViolation(json: Json): FieldViolation {
  return {
    field: optionalObject(json, "field", pathOf) ?? string(json, "fieldPath"),
    rule: string(json, "ruleId"),
    message: string(json, "message"),
  };
}

/** Writes a path as protovalidate does: `resources[2].id`, `labels["env"]`. */
function pathOf(path: Json): string {
  let text = "";
  for (const element of list(path, "elements", (each) => each)) {
    const { fieldName, boolKey, ...keys } = element;
    const [key] = boolKey === undefined ? Object.values(keys) : [boolKey !== 0];
    text += (text && ".") + string(element, "fieldName");
    if (key !== undefined) text += `[${JSON.stringify(key)}]`;
  }
  return text;
}
