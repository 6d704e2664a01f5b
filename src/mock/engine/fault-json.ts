import { createRegistry, fromJson, type JsonValue } from "@bufbuild/protobuf";
import { file_google_rpc_error_details } from "../../../gen/google/rpc/error_details_pb.js";
import { codes } from "./errors.js";
import { checkFault } from "./fault-check.js";
import type { FaultDetail, FaultOptions } from "./fault-options.js";
import { count, duration, list, number, object, oneOf, optional, text, wrong } from "./shape.js";
import { wireFaults } from "./wire-faults.js";

/** A detail as JSON. */
interface DetailJson {
  readonly type: string;
  readonly value: JsonValue;
}

/** A fault as JSON. */
type FaultJson = Omit<FaultOptions, "when" | "details"> & { readonly details?: readonly DetailJson[] };

const known = createRegistry(file_google_rpc_error_details);

const checkFaults = list(
  object<FaultJson>({
    method: optional(text),
    accountId: optional(text),
    code: optional(oneOf(Object.keys(codes))),
    message: optional(text),
    details: optional(list(object<DetailJson>({ type: text, value: () => {} }))),
    wire: optional(oneOf(wireFaults)),
    retryAfter: optional(duration),
    latencyMs: optional(number),
    after: optional(count),
    every: optional(count),
    probability: optional(number),
    times: optional(count),
  }),
);

/**
 * Reads faults from JSON: a list. Methods are looked at where the faults are set.
 *
 * @throws Error with the path to a mistake.
 */
export function faultsFromJson(json: unknown, path: string): FaultOptions[] {
  if (!isFaults(json, path)) return [];
  return json.map(({ details, ...options }, index) => {
    const at = `${path}[${index}]`;
    const fault: FaultOptions = {
      ...options,
      ...(details && { details: details.map((detail, n) => toDetail(detail, `${at}.details[${n}]`)) }),
    };
    try {
      checkFault(fault);
    } catch (error) {
      throw new Error(`${at}: ${error instanceof Error ? error.message : error}`);
    }
    return fault;
  });
}

function isFaults(json: unknown, path: string): json is FaultJson[] {
  checkFaults(json, path);
  return true;
}

function toDetail({ type, value }: DetailJson, path: string): FaultDetail {
  const desc = known.getMessage(type);
  if (desc === undefined) {
    const types = Array.from(known, ({ typeName }) => typeName);
    throw wrong(type, `${path}.type`, `one of ${types.join(", ")}`);
  }
  try {
    return { desc, value: fromJson(desc, value) };
  } catch (error) {
    throw new Error(`${path}.value: ${error instanceof Error ? error.message : error}`);
  }
}
