import { createRegistry, fromJson, type JsonValue } from "@bufbuild/protobuf";
import { file_google_rpc_error_details } from "../../../../gen/google/rpc/error_details_pb.js";
import { list, object, optional, text, wrong } from "../check-json.js";
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

const checkFaults = list(
  object<FaultJson>({
    ...plainFaultShape,
    details: optional(list(object<DetailJson>({ type: text, value: () => {} }))),
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
    checkFault(fault, at);
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
