import { create, type MessageInitShape } from "@bufbuild/protobuf";
import { durationFromMs } from "@bufbuild/protobuf/wkt";
import type { FaultDetailSchema, FaultSchema } from "../../../gen/tenantry/mock/v1/admin_pb.js";
import type { FaultDetail, FaultOptions } from "../engine/faults/fault-options.js";
import { toMs } from "../engine/time/duration.js";
import { toObject } from "./to-object.js";

/** Returns a fault as a message, without its `when`. */
export function describeFault({
  details = [],
  retryAfter,
  latencyMs,
  ...fault
}: FaultOptions): MessageInitShape<typeof FaultSchema> {
  return {
    ...fault,
    details: details.map(toDetail),
    ...(retryAfter !== undefined && { retryAfter: durationFromMs(toMs(retryAfter)) }),
    ...(latencyMs !== undefined && { latency: durationFromMs(latencyMs) }),
  };
}

function toDetail(detail: FaultDetail): MessageInitShape<typeof FaultDetailSchema> {
  const { desc, value } = detail;
  return { type: desc.typeName, value: toObject(desc, create(desc, value)) };
}
