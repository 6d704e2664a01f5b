import type {
  GetClockResponseJson,
  ListApisResponseJson,
  ListCallsResponseJson,
  ListFaultsResponseJson,
} from "../../../../../gen/tenantry/mock/v1/admin_pb.js";
import type { Admin } from "./admin.js";
import type { Pulse } from "./context.js";

/** The maximum number of calls that are shown. */
export const shownCalls = 300;

const pauseMs = 1_000;

/** Polls a world once a second, while the page is visible. */
export class Live {
  readonly #admin: Admin;
  readonly #onPulse: (pulse: Pulse) => void;
  readonly #onError: (error: unknown) => void;
  #apis: ListApisResponseJson | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #round = 0;
  #isStopped = false;

  constructor(admin: Admin, onPulse: (pulse: Pulse) => void, onError: (error: unknown) => void) {
    this.#admin = admin;
    this.#onPulse = onPulse;
    this.#onError = onError;
    document.addEventListener("visibilitychange", this.#onVisible);
  }

  /** Polls now, and once a second from then on. */
  readonly refresh = async (): Promise<void> => {
    clearTimeout(this.#timer);
    const round = ++this.#round;
    const isLate = () => this.#isStopped || round !== this.#round;
    try {
      const pulse = await this.#poll();
      if (!isLate()) this.#onPulse(pulse);
    } catch (error) {
      if (!isLate()) this.#onError(error);
    }
    if (!isLate() && document.visibilityState === "visible") this.#timer = setTimeout(this.refresh, pauseMs);
  };

  /** Stops for good. */
  stop(): void {
    this.#isStopped = true;
    clearTimeout(this.#timer);
    document.removeEventListener("visibilitychange", this.#onVisible);
  }

  readonly #onVisible = (): void => {
    if (document.visibilityState === "visible") void this.refresh();
    else clearTimeout(this.#timer);
  };

  async #poll(): Promise<Pulse> {
    const admin = this.#admin;
    this.#apis ??= await admin<ListApisResponseJson>("ListApis");
    const [{ clock = {} }, { calls = [] }, { faults = [] }] = await Promise.all([
      admin<GetClockResponseJson>("GetClock"),
      admin<ListCallsResponseJson>("ListCalls", { limit: shownCalls }),
      admin<ListFaultsResponseJson>("ListFaults"),
    ]);
    return { clock, calls, faults, apis: this.#apis.apis ?? [] };
  }
}
