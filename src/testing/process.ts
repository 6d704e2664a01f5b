import { type RefreshableToken, refreshableToken } from "../core/tokens/refreshable-token.js";
import { type RefreshStep, type StoreAndRefresh, withSteps } from "./steps.js";
import type { ProcessClock } from "./virtual-time.js";

/** A simulated process: one source of tokens that uses the store. */
export class Process {
  readonly source: RefreshableToken;
  readonly #clock: ProcessClock;
  #haltStep: RefreshStep | undefined;
  #isHalted = false;
  #onHalted = () => {};
  #resume = () => {};
  #requests = 0;

  constructor(parts: StoreAndRefresh, clock: ProcessClock) {
    this.#clock = clock;
    this.source = refreshableToken({ ...withSteps(parts, (step) => this.#reach(step)), clock });
  }

  /** Whether it works on a request for a token, and does not wait for time. */
  get isBusy(): boolean {
    return this.#requests > 0 && !this.#isHalted && !this.#clock.isAsleep;
  }

  /** Stops the process at a step. Resolves when it has reached the step. */
  haltAt(step: RefreshStep): Promise<void> {
    return new Promise((resolve) => {
      this.#haltStep = step;
      this.#onHalted = resolve;
    });
  }

  /** Continues a process that was stopped. A process that never continues counts as dead. */
  continue(): void {
    this.#isHalted = false;
    this.#clock.continue();
    this.#resume();
  }

  /** Requests a token. Resolves to the token or the error. */
  async token(): Promise<string | Error> {
    this.#requests++;
    try {
      return await this.source.token({});
    } catch (reason) {
      return reason instanceof Error ? reason : new Error(String(reason));
    } finally {
      this.#requests--;
    }
  }

  async #reach(step: RefreshStep): Promise<void> {
    if (step !== this.#haltStep) return;
    this.#haltStep = undefined;
    this.#isHalted = true;
    this.#clock.stop();
    this.#onHalted();
    await new Promise<void>((resolve) => {
      this.#resume = resolve;
    });
  }
}
