import type { ChildProcess } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { type RefreshStep, refreshSteps } from "../../src/testing/index.js";
import { sentSteps } from "../../src/testing/steps.js";
import type { Random } from "../../test/support/random.js";
import { shuffled } from "../harness.js";
import { forkWorker } from "./fork-worker.js";
import type { Issuer } from "./issuer.js";
import type { Order, Report, WorkerOptions } from "./messages.js";

/** How a process is disturbed: killed, or stopped for a while. */
export type Incident = { readonly action: "kill" | "stop"; readonly step: RefreshStep };

/** Options for a {@link Group}. */
export interface GroupOptions {
  readonly size: number;
  /** The path of the bundled worker. */
  readonly program: string;
  readonly worker: WorkerOptions;
  readonly issuer: Issuer;
  /** How long a stopped process stalls, in milliseconds. */
  readonly stallMs: number;
  /** The time between two incidents, in milliseconds. */
  readonly restMs: number;
  readonly random: Random;
}

/** Each action at each step, once. */
const allIncidents: readonly Incident[] = refreshSteps.flatMap((step) => [
  { action: "kill", step },
  { action: "stop", step },
]);

/** Processes that share a store. At each step of a refresh, one of them is killed or stopped, in a random order. */
export class Group {
  readonly counts = { calls: 0, signIns: 0, failures: 0, expectedFailures: 0 };
  readonly incidents = new Map<string, number>();
  readonly problems: string[] = [];
  /** The refresh tokens whose response was lost. They may be sent again. */
  readonly lost = new Set<string>();
  readonly #options: GroupOptions;
  readonly #workers = new Set<ChildProcess>();
  #schedule: Incident[] = [];
  #isDisturbed = false;
  #isOver = false;
  /** A call that started before this time may fail, because the session had ended. */
  #excusedUntil = 0;
  #isSigningIn = false;
  #longestGapMs = 0;
  #lastIncident = "no incident";
  #worstIncident = "";
  /** Undefined before the first call, because the processes take some time to start. */
  #lastCall: number | undefined;

  constructor(options: GroupOptions) {
    this.#options = options;
  }

  /** The longest time without a successful call, and the incident before it. */
  get longestGap(): string {
    return `${(this.#longestGapMs / 1_000).toFixed(1)} s, after ${this.#worstIncident}`;
  }

  start(): void {
    for (let count = 0; count < this.#options.size; count++) this.#spawn();
  }

  stop(): void {
    this.#isOver = true;
    for (const worker of this.#workers) worker.kill("SIGKILL");
  }

  #spawn(): void {
    const worker = forkWorker(this.#options.program, this.#options.worker);
    this.#workers.add(worker);
    worker.on("message", (report: Report) => this.#onReport(worker, report));
    worker.on("exit", (code) => {
      this.#workers.delete(worker);
      if (code) this.problems.push(`a process ended with code ${code}`);
      if (!this.#isOver) this.#spawn();
    });
  }

  #onReport(worker: ChildProcess, report: Report): void {
    if (this.#isOver) return;
    if (report.type === "ready") send(worker, { type: "start" });
    else if (report.type === "called") this.#onCalled();
    else if (report.type === "failed") this.#onFailed(worker, report);
    else if (this.#isNext(report.step)) this.#disturb(worker, report);
    else send(worker, { type: "go" });
  }

  #onCalled(): void {
    this.counts.calls++;
    const gapMs = Date.now() - (this.#lastCall ?? Date.now());
    if (gapMs > this.#longestGapMs) {
      this.#longestGapMs = gapMs;
      this.#worstIncident = this.#lastIncident;
    }
    this.#lastCall = Date.now();
  }

  /** Whether the next incident is at this step. */
  #isNext(step: RefreshStep): boolean {
    if (this.#isDisturbed) return false;
    if (this.#schedule.length === 0) this.#schedule = shuffled(allIncidents, this.#options.random);
    return this.#schedule[0]?.step === step;
  }

  async #disturb(worker: ChildProcess, { step, refreshToken = "" }: Extract<Report, { type: "step" }>) {
    const { issuer, stallMs, restMs } = this.#options;
    const action = this.#schedule.shift()?.action;
    this.#isDisturbed = true;
    const name = `${action} ${step}`;
    this.#lastIncident = name;
    this.incidents.set(name, (this.incidents.get(name) ?? 0) + 1);
    // The request may still be on its way.
    while (step === "after sending" && issuer.uses(refreshToken) === 0) await pause(2);
    if (action === "kill") {
      // The new tokens are lost. Only a new sign-in helps then.
      if (sentSteps.includes(step)) {
        this.lost.add(refreshToken);
        this.#excusedUntil = Infinity;
      }
      worker.kill("SIGKILL");
    } else {
      worker.kill("SIGSTOP");
      await pause(stallMs);
      worker.kill("SIGCONT");
      send(worker, { type: "go" });
    }
    // Until calls succeed again, after a new sign-in if it was needed.
    const { calls } = this.counts;
    while (
      !this.#isOver &&
      (this.counts.calls < calls + this.#options.size || this.#excusedUntil === Infinity)
    ) {
      await pause(50);
    }
    await pause(restMs);
    this.#isDisturbed = false;
  }

  #onFailed(worker: ChildProcess, { name, message, startedAt }: Extract<Report, { type: "failed" }>): void {
    const isExcused = startedAt <= this.#excusedUntil && /^(SignInAgain|SessionChanged)Error$/.test(name);
    if (!isExcused) {
      this.counts.failures++;
      this.problems.push(`${name}: ${message}`);
      return;
    }
    this.counts.expectedFailures++;
    if (name === "SignInAgainError" && this.#excusedUntil === Infinity) this.#signInAgain(worker);
  }

  async #signInAgain(worker: ChildProcess): Promise<void> {
    if (this.#isSigningIn) return;
    this.#isSigningIn = true;
    this.counts.signIns++;
    send(worker, { type: "accept", tokens: this.#options.issuer.signIn() });
    const { calls } = this.counts;
    while (!this.#isOver && this.counts.calls < calls + 1) await pause(20);
    // Other processes may not have read the store yet.
    this.#excusedUntil = Date.now() + 500;
    this.#isSigningIn = false;
  }
}

function send(worker: ChildProcess, order: Order): void {
  // A process that was killed meanwhile cannot receive it.
  if (worker.connected) worker.send(order, () => {});
}
