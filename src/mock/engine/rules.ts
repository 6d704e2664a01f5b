import {
  clearField,
  type DescMessage,
  isMessage,
  type JsonValue,
  type MessageShape,
  toBinary,
  toJson,
} from "@bufbuild/protobuf";
import { pathToString } from "@bufbuild/protobuf/reflect";
import { createValidator, type Validator, type Violation, violationsToProto } from "@bufbuild/protovalidate";
import {
  ViolationSchema,
  type Violations,
  ViolationsSchema,
} from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { Code, ConnectError } from "@connectrpc/connect";
import { inRealTime } from "./real-time.js";

/** A version of protovalidate for Go. Versions differ in the texts and the details of a broken rule. */
export type RulesVersion = "1.2" | "0.9";

// All servers share the validators, which are created at the first use. They keep the compiled rules, which never change.
let shared: Validator | undefined;
let failingFast: Validator | undefined;

/** With more list items, a request gets only the first of its violations. A million of them would fill the memory. */
const maxItems = 1_000;

/**
 * Checks a request by the rules in its schema. If the request has more than 1,000 list items, only the first broken rule is reported.
 *
 * @param now - the server's time, in milliseconds since 1970, for rules about the time.
 * @throws ConnectError `invalid_argument` with a `buf.validate.Violations` detail if the request breaks a rule.
 */
export function checkRules<Desc extends DescMessage>(
  schema: Desc,
  message: MessageShape<Desc>,
  now: number,
  version: RulesVersion = "1.2",
): void {
  const result = validate(validatorFor(message), schema, message, now);
  if (result.kind === "valid") return;
  if (result.kind === "error") throw result.error;
  throw version === "1.2" ? errorOf12(result.violations) : errorOf09(result.violations);
}

function validatorFor(message: object): Validator {
  if (itemsIn(message) <= maxItems) {
    shared ??= createValidator();
    return shared;
  }
  failingFast ??= createValidator({ failFast: true });
  return failingFast;
}

/** Returns the number of list items in a message, without the items of lists in lists. */
function itemsIn(message: object): number {
  let items = 0;
  for (const value of Object.values<unknown>({ ...message })) {
    if (Array.isArray(value)) items += value.length;
    else if (isMessage(value)) items += itemsIn(value);
  }
  return items;
}

/** Validates again if the real time has changed during the validation, because the result of a rule about the time must not depend on it. */
function validate<Desc extends DescMessage>(
  validator: Validator,
  schema: Desc,
  message: MessageShape<Desc>,
  now: number,
) {
  for (let tries = 1; ; tries++) {
    const startedAt = Date.now();
    const moved = inRealTime(schema, message, now);
    const result = validator.validate(schema, moved);
    if (moved === message || Date.now() === startedAt || tries === 50) return result;
  }
}

function errorOf12(violations: readonly Violation[]): ConnectError {
  const lines = violations.map(({ field, message, ruleId }) => `${prefix(field)}${message || `[${ruleId}]`}`);
  const text =
    lines.length === 1
      ? `validation error: ${lines[0]}`
      : `validation errors:\n${lines.map((line) => ` - ${line}`).join("\n")}`;
  const detail = { desc: ViolationsSchema, value: toDetail(violations) };
  return new ConnectError(text, Code.InvalidArgument, undefined, [detail]);
}

function errorOf09(violations: readonly Violation[]): ConnectError {
  const lines = violations.map(
    ({ field, message, ruleId }) => `\n - ${prefix(field)}${olderMessage(message)} [${ruleId}]`,
  );
  const error = new ConnectError(`validation error:${lines.join("")}`, Code.InvalidArgument);
  const value = toDetail(violations);
  for (const violation of value.violations) violation.message = olderMessage(violation.message);
  error.details.push({
    type: ViolationsSchema.typeName,
    value: toBinary(ViolationsSchema, value),
    debug: withConstraintIds(toJson(ViolationsSchema, value)),
  });
  return error;
}

/** Renames `rule_id` to its name before 1.0. Its number is the same. */
function withConstraintIds(json: JsonValue): JsonValue {
  if (Array.isArray(json)) return json.map(withConstraintIds);
  if (typeof json !== "object" || json === null) return json;
  const entries = Object.entries(json);
  return Object.fromEntries(
    entries.map(([key, value]) => [key === "ruleId" ? "constraintId" : key, withConstraintIds(value)]),
  );
}

/** Returns the violations as the servers send them: they leave `for_key` unset. */
function toDetail(violations: readonly Violation[]): Violations {
  const [value] = violationsToProto([...violations]);
  for (const violation of value.violations) clearField(violation, ViolationSchema.field.forKey);
  return value;
}

/** Messages of 0.9 begin with "value". */
function olderMessage(message: string): string {
  if (message.startsWith("value ")) return message;
  return /^must be (at least|at most|exactly) \d+ (characters|bytes)$/.test(message)
    ? `value length ${message}`
    : `value ${message}`;
}

function prefix(field: Violation["field"]): string {
  const path = pathToString(field);
  return path === "" ? "" : `${path}: `;
}
