import { requiredText } from "../../core/checks/arguments.js";
import { invalidArgument } from "../../core/errors/invalid-argument.js";

/** Something that an account has used, to be billed. */
export interface VydonMeterEvent {
  /** The meter's name. */
  readonly eventName: string;
  /**
   * How much: a number, or a string if the meter needs more digits than a number has. A number is sent as JavaScript writes
   * it, with an exponent if it is below 0.000001, or 1e21 and above: give such a value as a string.
   */
  readonly value: string | number;
  /** The event's own id, such as a job's. The server counts each id once. Default: a new one, also if you repeat the call. */
  readonly eventId?: string | undefined;
  /** When it was used, to the second. Default: when the server receives the event. */
  readonly timestamp?: Date | undefined;
}

/** @internal */
export function toMeterValue(value: string | number): string {
  if (typeof value !== "number") return requiredText(value, "value");
  if (Number.isFinite(value)) return String(value);
  throw invalidArgument("value", "must be a finite number");
}

/** Not `randomUUID`, which browsers have on secure pages only. @internal */
export function newEventId(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join("-");
}
