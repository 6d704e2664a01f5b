import { requiredText } from "../../core/checks/arguments.js";
import { invalidArgument } from "../../core/errors/invalid-argument.js";

/** Usage of an account, to be billed. */
export interface VydonMeterEvent {
  /** The meter's name. */
  readonly eventName: string;
  /**
   * The amount: a number, or a string if it needs more digits than a number has. Pass a number below 0.000001, or of 1e21 or more,
   * as a string, because JavaScript writes it with an exponent.
   */
  readonly value: string | number;
  /** The event's id, such as a job's. The server counts each id once. Default: a new id for each call. */
  readonly eventId?: string | undefined;
  /** The time of the usage, to the second. Default: when the server receives the event. */
  readonly timestamp?: Date | undefined;
}

/** @internal */
export function toMeterValue(value: string | number): string {
  if (typeof value !== "number") return requiredText(value, "value");
  if (Number.isFinite(value)) return String(value);
  throw invalidArgument("value", "must be a finite number");
}

/** Creates a random id. It does not use `randomUUID`, because browsers have it on secure pages only. @internal */
export function newEventId(): string {
  return crypto.getRandomValues(new Uint32Array(4)).join("-");
}
