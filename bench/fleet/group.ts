import { type ChildProcess, fork } from "node:child_process";
import { type RefreshStep, refreshSteps } from "../../src/testing/index.js";
import type { Issuer } from "./issuer.js";
import type { Order, Report, WorkerOptions } from "./messages.js";

/** How a process is disturbed: killed, or stopped for a while. */
export type Incident = { readonly action: "kill" | "stop"; readonly step: RefreshStep };

/** What a group of processes is run with. */
export interface GroupOptions {
  readonly size: number;
  /** The bundled worker. */
  readonly program: string;
  readonly worker: WorkerOptions;
  readonly issuer: Issuer;
  readonly stallMs: number;
  /** Undisturbed time between two incidents. */
  readonly restMs: number;
  readonly random: () => number;
}

/** Here the answer dies with its process, and only a new sign-in helps. */
const losing: readonly RefreshStep[] = ["after sending", "after the answer"];

/** Processes that share a store. At each step of a refresh one is killed or stopped, in an order that the seed decides. */
export class Group {
  readonly counts = { calls: 0, signIns: 0, failures: 0, expectedFailures: 0 };
  readonly incidents = new Map<string, number>();
  readonly problems: string[] = [];
  /** The refresh tokens whose answer was lost. They may be presented again. */
  readonly lost = new Set<string>();
  readonly #options: GroupOptions;
  readonly #workers = new Set<ChildProcess>();
  #schedule: Incident[] = [];
  #isDisturbed = false;
  #isOver = false;
  /** The session may have ended: a call that was started before this may fail with an error that says so. */
  #excusedUntil = 0;
  #isSigningIn = false;
  #longestGapMs = 0;
  #lastIncident = "no incident";
  #worstIncident = "";
  /** Undefined before the first: the processes take their time to start. */
  #lastCall: number | undefined;

  constructor(options: GroupOptions) {
    this.#options = options;
  }

  /** The longest time in which no process had an answer, and what came before. */
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
    const { program, worker: options } = this.#options;
    const worker = fork(program, [JSON.stringify(options)], { stdio: "inherit" });
    this.#workers.add(worker);
    worker.on("message", (report: Report) => this.#hear(worker, report));
    worker.on("exit", (code) => {
      this.#workers.delete(worker);
      if (code) this.problems.push(`a process ended with code ${code}`);
      if (!this.#isOver) this.#spawn();
    });
  }

  #hear(worker: ChildProcess, report: Report): void {
    if (this.#isOver) return;
    if (report.type === "ready") tell(worker, { type: "start" });
    else if (report.type === "called") this.#called();
    else if (report.type === "failed") this.#failed(worker, report);
    else if (this.#take(report.step)) this.#disturb(worker, report);
    else tell(worker, { type: "go" });
  }

  #called(): void {
    this.counts.calls++;
    const gapMs = Date.now() - (this.#lastCall ?? Date.now());
    if (gapMs > this.#longestGapMs) {
      this.#longestGapMs = gapMs;
      this.#worstIncident = this.#lastIncident;
    }
    this.#lastCall = Date.now();
  }

  /** Whether the process that has come to a step is the one to disturb. */
  #take(step: RefreshStep): Incident | undefined {
    if (this.#isDisturbed) return undefined;
    if (this.#schedule.length === 0) this.#schedule = shuffled(this.#options.random);
    return this.#schedule[0]?.step === step ? this.#schedule[0] : undefined;
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
      if (losing.includes(step)) {
        this.lost.add(refreshToken);
        this.#excusedUntil = Infinity;
      }
      worker.kill("SIGKILL");
    } else {
      worker.kill("SIGSTOP");
      await pause(stallMs);
      worker.kill("SIGCONT");
      tell(worker, { type: "go" });
    }
    // Until the session has gone on, or somebody has signed in again.
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

  #failed(worker: ChildProcess, { name, message, startedAt }: Extract<Report, { type: "failed" }>): void {
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
    tell(worker, { type: "accept", tokens: this.#options.issuer.signIn() });
    const { calls } = this.counts;
    while (!this.#isOver && this.counts.calls < calls + 1) await pause(20);
    // Others may not have looked into the store yet.
    this.#excusedUntil = Date.now() + 500;
    this.#isSigningIn = false;
  }
}

/** Each action at each step, once. */
function shuffled(random: () => number): Incident[] {
  const all = refreshSteps.flatMap((step) => [
    { action: "kill", step } as const,
    { action: "stop", step } as const,
  ]);
  return all
    .map((incident) => ({ incident, order: random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ incident }) => incident);
}

function tell(worker: ChildProcess, order: Order): void {
  // A process that was killed meanwhile hears nothing.
  if (worker.connected) worker.send(order, () => {});
}

export function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
