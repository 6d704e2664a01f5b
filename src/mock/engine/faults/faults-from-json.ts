import { createRegistry, fromJson, type JsonValue } from "@bufbuild/protobuf";
import { file_google_rpc_error_details } from "../../../../gen/google/rpc/error_details_pb.js";
import { type Check, list, object, optional, text, wrong } from "../check-json.js";
import { messageOf } from "../message-of.js";
import { checkFault, plainFaultShape } from "./check-fault.js";
import type { FaultDetail, FaultOptions } from "./fault-options.js";

/** A detail as JSON. */
interface DetailJson {
  readonly type: string;
  readonly value: JsonValue;
}

/** A fault as JSON. */
type FaultJson = Omit<FaultOptions, "when" | "details"> & { readonly details?: readonly DetailJson[] };

const known = createRegistry(file_google_rpc_error_details);

const checkFaultJson: Check<FaultJson> = object({
  ...plainFaultShape,
  details: optional(list(object<DetailJson>({ type: text, value: anyJson }))),
});

/**
 * Reads a list of faults from JSON. It does not check whether the server has their methods.
 *
 * @throws Error with the path to a mistake.
 */
export function faultsFromJson(json: unknown, path: string): FaultOptions[] {
  if (!Array.isArray(json)) throw wrong(json, path, "a list");
  return json.map((fault, index) => faultFromJson(fault, `${path}[${index}]`));
}

/** Reads one fault from JSON. @throws Error with the path to a mistake. */
export function faultFromJson(json: unknown, path: string): FaultOptions {
  const { details, ...options } = checkFaultJson(json, path);
  const fault: FaultOptions = {
    ...options,
    ...(details && { details: details.map((detail, n) => toDetail(detail, `${path}.details[${n}]`)) }),
  };
  checkFault(fault, path);
  return fault;
}

/** Accepts any JSON. It is checked later by the schema of the detail. */
function anyJson(value: unknown, path: string): JsonValue {
  if (!isJson(value)) throw wrong(value, path, "the detail as JSON");
  return value;
}

function isJson(value: unknown): value is JsonValue {
  return value !== undefined;
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
    throw new Error(`${path}.value: ${messageOf(error)}`);
  }
}
