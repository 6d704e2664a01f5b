import { create, type MessageInitShape } from "@bufbuild/protobuf";
import type {
  Fault,
  FaultDetailSchema,
  FaultSchema,
  InjectedFaultSchema,
} from "../../../gen/tenantry/mock/v1/admin_pb.js";
import { failure } from "../engine/errors.js";
import type { FaultDetail, FaultOptions } from "../engine/faults/fault-options.js";
import type { FaultHandle, Faults } from "../engine/faults/faults.js";
import { faultFromJson } from "../engine/faults/faults-from-json.js";
import { messageOf } from "../engine/message-of.js";
import { toMs } from "../engine/time/duration.js";
import { durationMs, toDuration } from "../engine/time/protobuf.js";
import { toObject } from "./to-object.js";

/** A server's faults by id, for callers over HTTP, who have no {@link FaultHandle}. */
export class FaultsById {
  readonly #faults: Faults;
  readonly #ids = new WeakMap<FaultHandle, string>();
  #last = 0;

  /** The faults of a server, including faults that were set in process. */
  constructor(faults: Faults) {
    this.#faults = faults;
  }

  /** Sets a fault. Returns its id. @throws Error if the fault is not valid. */
  inject(fault: Fault): string {
    try {
      return this.#idOf(this.#faults.inject(faultFromJson(toFaultJson(fault), "fault")));
    } catch (error) {
      // In the message, this field is named `latency`.
      throw new Error(messageOf(error).replaceAll("latencyMs", "latency"));
    }
  }

  /** Returns all faults that are set. */
  list(): MessageInitShape<typeof InjectedFaultSchema>[] {
    return this.#faults.all().map((handle) => ({
      id: this.#idOf(handle),
      fault: toFault(handle.options),
      hits: handle.hits,
    }));
  }

  /** Removes the faults with these ids, or all. @throws ConnectError `not_found` for an unknown id. */
  clear(ids: readonly string[]): void {
    if (ids.length === 0) {
      this.#faults.clear();
      return;
    }
    const handles = new Map(this.#faults.all().map((handle) => [this.#idOf(handle), handle]));
    const unknown = ids.find((id) => !handles.has(id));
    if (unknown !== undefined) throw failure("not_found", `there is no fault "${unknown}"`);
    for (const id of ids) handles.get(id)?.remove();
  }

  #idOf(handle: FaultHandle): string {
    const id = this.#ids.get(handle) ?? `fault-${++this.#last}`;
    this.#ids.set(handle, id);
    return id;
  }
}

/** Returns a fault as a message, without its `when`. */
export function toFault({
  details = [],
  retryAfter,
  latencyMs,
  after,
  every,
  times,
  ...fault
}: FaultOptions): MessageInitShape<typeof FaultSchema> {
  return {
    ...fault,
    after: toUint32(after),
    every: toUint32(every),
    times: toUint32(times),
    details: details.map(toDetail),
    ...(retryAfter !== undefined && { retryAfter: toDuration(toMs(retryAfter)) }),
    ...(latencyMs !== undefined && { latency: toDuration(latencyMs) }),
  };
}

/** Returns a number that the message can contain. A larger one becomes the largest. */
function toUint32(value: number | undefined): number | undefined {
  return value === undefined ? undefined : Math.min(value, 2 ** 32 - 1);
}

function toDetail(detail: FaultDetail): MessageInitShape<typeof FaultDetailSchema> {
  const { desc, value } = detail;
  return { type: desc.typeName, value: toObject(desc, create(desc, value)) };
}

function toFaultJson({ retryAfter, latency, details, ...fault }: Fault): Readonly<Record<string, unknown>> {
  const { $typeName: _name, $unknown: _unknown, ...plain } = fault;
  return {
    ...plain,
    ...(details.length > 0 && { details: details.map(({ type, value = {} }) => ({ type, value })) }),
    ...(retryAfter !== undefined && { retryAfter: durationMs(retryAfter) }),
    ...(latency !== undefined && { latencyMs: durationMs(latency) }),
  };
}
