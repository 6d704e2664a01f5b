import { create, toBinary } from "@bufbuild/protobuf";
import {
  amount,
  anyObject,
  anyText,
  type Check,
  callback,
  count,
  duration,
  list,
  object,
  oneOf,
  optional,
  type Shape,
  text,
  wholeNumber,
  wrong,
} from "../check-json.js";
import { codeNames } from "../errors.js";
import { messageOf } from "../message-of.js";
import type { FaultDetail, FaultOptions } from "./fault-options.js";
import { wireFaults } from "./wire-faults.js";

function probability(value: unknown, path: string): number {
  if (typeof value === "number" && value >= 0 && value <= 1) return value;
  throw wrong(value, path, "a number from 0 to 1");
}

/** The options of a fault that JSON can hold. */
export const plainFaultShape: Shape<Omit<FaultOptions, "when" | "details">> = {
  method: optional(text),
  accountId: optional(text),
  code: optional(oneOf(codeNames)),
  message: optional(anyText),
  wire: optional(oneOf(wireFaults)),
  retryAfter: optional(duration),
  latencyMs: optional(amount),
  after: optional(count),
  every: optional(wholeNumber(1)),
  probability: optional(probability),
  times: optional(count),
};

const checkAll: Check<FaultOptions> = object({
  ...plainFaultShape,
  when: optional(callback<NonNullable<FaultOptions["when"]>>),
  details: optional(
    list(
      object<FaultDetail>({ desc: anyObject<FaultDetail["desc"]>, value: anyObject<FaultDetail["value"]> }),
    ),
  ),
});

/**
 * Checks the options of a fault. It does not check whether the server has the method.
 *
 * @throws Error if an option is unknown or wrong, or if two options cannot be combined. The text begins with `path`.
 */
export function checkFault(options: FaultOptions, path: string): void {
  checkAll(options, path);
  options.details?.forEach((detail, index) => {
    checkDetail(detail, `${path}.details[${index}]`);
  });
  const { code, wire, latencyMs } = options;
  if (code === undefined && wire === undefined && latencyMs === undefined) {
    throw new Error(
      `${path}: a fault needs a code or a wire fault, which fail the call, or latencyMs, which delays it`,
    );
  }
  checkTogether(options, path);
}

/** Checks that a detail can be sent. Otherwise it would break the connection. @throws Error if it cannot be sent. */
function checkDetail({ desc, value }: FaultDetail, path: string): void {
  try {
    toBinary(desc, create(desc, value));
  } catch (error) {
    throw new Error(`${path} is not a message of the type in "desc": ${messageOf(error)}`);
  }
}

/** Checks the combination of options. An option without an effect is also an error. @throws Error with the path. */
function checkTogether({ code, wire, message, details, retryAfter }: FaultOptions, path: string): void {
  if (code !== undefined && wire !== undefined) {
    throw new Error(`${path} has the code ${code} and the wire fault ${wire}: give only one of them`);
  }
  for (const [name, value] of Object.entries({ message, details })) {
    if (value !== undefined && code === undefined)
      throw new Error(`${path}: ${name} belongs to an error: give a code, too`);
  }
  if (retryAfter !== undefined && code === undefined && !wire?.startsWith("html_")) {
    throw new Error(
      `${path}: retryAfter belongs to an error or a page: give a code, or wire "html_429" or "html_502"`,
    );
  }
}
