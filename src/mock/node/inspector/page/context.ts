import type {
  ApiJson,
  CallJson,
  ClockJson,
  InjectedFaultJson,
} from "../../../../../gen/tenantry/mock/v1/admin_pb.js";
import type { Admin } from "./admin.js";

/** The state of a world at the last poll. */
export interface Pulse {
  readonly clock: ClockJson;
  /** The last calls, oldest first. */
  readonly calls: readonly CallJson[];
  readonly faults: readonly InjectedFaultJson[];
  readonly apis: readonly ApiJson[];
}

/** The context that all views share. */
export interface Context {
  /** The admin service of the world that is shown. */
  readonly admin: Admin;
  /** The world that is shown. Undefined for the server itself. */
  readonly world: string | undefined;
  /** Shows a short text for some seconds. Screen readers read it out. */
  say(text: string): void;
  /** Runs `work`, polls afterwards and shows `done`, or shows the error. Resolves to whether `work` succeeded. */
  act(work: () => Promise<unknown>, done?: string): Promise<boolean>;
}

/** The content of a tab. */
export interface View {
  readonly element: HTMLElement;
  /** Shows the latest poll. */
  update(pulse: Pulse): void;
}
