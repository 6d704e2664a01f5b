import { type RefreshableToken, refreshableToken, type Stored, type TokenStore, type Tokens } from "tenantry";
import { type Reuse, signInOf, TokenServer } from "./issuer.js";
import { type Faults, request } from "./remote.js";
import { type Observed, Rules } from "./rules.js";
import { type LockKind, SharedLock } from "./shared-lock.js";
import { clockOf, type Simulation } from "./simulation.js";

/** What one run is about. Chosen by its seed. */
export interface Setup {
  readonly reuse: Reuse;
  readonly lock: LockKind;
  readonly takeOverMs: number;
  readonly timeoutMs: number;
  readonly followSignIns: boolean;
  readonly grantsFirst: boolean;
  /** Whether all processes are given the same tokens to begin with. */
  readonly hasInitial: boolean;
}

/** How a store may break its contract: what it does with the tokens and the expected revision of a save. */
export type Break = (
  next: Stored,
  expected: string | undefined,
  stored: Stored | undefined,
) => { next: Stored; expected: string | undefined };

/** One call for a token. */
export interface Asked {
  readonly process: SimulatedProcess;
  readonly rejected: string | undefined;
  readonly sent: string | undefined;
  /** The sign-ins that the process had left before. */
  readonly left: ReadonlySet<number>;
  /** What the process did last before: a sign-in's number, or that it had signed out. */
  readonly last: number | "out" | undefined;
  readonly controller: AbortController;
  outcome?: string | Error;
}

/** How long an access token lives, in milliseconds. */
export const lifeMs = 5_000;

/** A process with a source of tokens. */
export class SimulatedProcess implements Observed {
  isStopped = false;
  isDead = false;
  hasStoreFailed = false;
  readonly succeeded = new Set<string>();
  readonly refused = new Set<string>();
  readonly known = new Set<number>();
  readonly left = new Set<number>();
  /** The last sign-in or sign-out. */
  last: number | "out" | undefined;
  /** The sign-ins whose `accept` was called. */
  readonly accepted = new Set<number>();
  /** The token that a call got last. */
  token: string | undefined;
  /** The session of the first token, if there was no sign-in. */
  bound: number | undefined;
  readonly source: RefreshableToken;
  readonly name: string;

  constructor(name: string, makeSource: (process: SimulatedProcess) => RefreshableToken) {
    this.name = name;
    this.source = makeSource(this);
  }
}

/** Several processes that share a store and a token server. */
export class World {
  readonly simulation: Simulation;
  readonly setup: Setup;
  readonly server: TokenServer;
  readonly rules: Rules;
  readonly processes: SimulatedProcess[] = [];
  readonly storeFaults: Faults = { refused: 0, lostResponse: 0 };
  readonly serverFaults: Faults = { refused: 0, lostResponse: 0 };
  /** The first broken rule. */
  broken: Error | undefined;
  stored: Stored | undefined;
  readonly #lock: SharedLock;
  readonly #initial: Tokens | undefined;
  readonly #breaks: Break;

  constructor(
    simulation: Simulation,
    setup: Setup,
    breaks: Break = (next, expected) => ({ next, expected }),
  ) {
    this.#breaks = breaks;
    this.simulation = simulation;
    this.setup = setup;
    const { reuse, grantsFirst } = setup;
    this.server = new TokenServer(() => simulation.now, { reuse, grantsFirst, lifeMs });
    this.rules = new Rules(simulation, this.server, setup);
    this.#lock = new SharedLock(simulation, setup.lock);
    // Expires before all others, so that it replaces no other tokens.
    this.#initial = { ...this.server.signIn(), expiresAt: simulation.now + 1 };
  }

  start(): SimulatedProcess {
    const name = `P${this.processes.length + 1}`;
    const process = new SimulatedProcess(name, (self) => this.#source(self));
    this.processes.push(process);
    return process;
  }

  /** Runs a check of the rules. A source must not get its error. */
  check(rule: () => void): void {
    try {
      rule();
    } catch (reason) {
      this.broken ??= reason instanceof Error ? reason : new Error(String(reason));
    }
  }

  #source(process: SimulatedProcess): RefreshableToken {
    const { simulation, server, setup, rules } = this;
    return refreshableToken({
      clock: clockOf(simulation, process),
      store: this.#store(process),
      lock: this.#lock.of(process),
      takeOverMs: setup.takeOverMs,
      timeoutMs: setup.timeoutMs,
      followSignIns: setup.followSignIns,
      initial: setup.hasInitial ? this.#initial : undefined,
      refresh: async ({ refreshToken }) => {
        let sent: ReturnType<Rules["sends"]> | undefined;
        this.check(() => {
          sent = rules.sends(process, refreshToken, this.stored);
        });
        const text = `refreshes with ${refreshToken}`;
        try {
          const tokens = await request(
            simulation,
            process,
            text,
            () => {
              const tokens = server.refresh(refreshToken);
              const signIn = signInOf(tokens.accessToken);
              if (refreshToken === undefined)
                rules.signIns.set(signIn, {
                  process,
                  calledAt: rules.count,
                  settledAt: rules.count,
                  isFirst: false,
                });
              return tokens;
            },
            this.serverFaults,
          );
          if (sent) Object.assign(sent, { outcome: "received", settledAt: simulation.now });
          if (refreshToken !== undefined) process.succeeded.add(refreshToken);
          return tokens;
        } catch (reason) {
          if (sent) Object.assign(sent, { outcome: "failed", settledAt: simulation.now });
          if (String(reason).includes("invalid_grant") && refreshToken !== undefined)
            process.refused.add(refreshToken);
          throw reason;
        }
      },
    });
  }

  #store(process: SimulatedProcess): TokenStore {
    const { rules } = this;
    return {
      load: async () => {
        const found = await this.#operation(process, "loads", () => this.stored);
        if (found) process.known.add(signInOf(found.tokens.accessToken));
        return found;
      },
      save: (next, expected) => {
        const { accessToken } = next.tokens;
        const signIn = signInOf(accessToken);
        const isSignIn = process.accepted.has(signIn) && !process.known.has(signIn);
        process.known.add(signIn);
        const what = next.refreshStartedAt === undefined ? `saves ${accessToken}` : `marks ${accessToken}`;
        return this.#operation(process, what, () => {
          const before = this.stored;
          const broken = this.#breaks(next, expected, before);
          if (before?.revision !== broken.expected) return false;
          this.stored = broken.next;
          this.check(() => rules.saves(process, before, next, isSignIn));
          return true;
        });
      },
      clear: () =>
        this.#operation(process, "clears", () => {
          const before = this.stored;
          this.stored = undefined;
          this.check(() => rules.clears(process, before));
        }),
    };
  }

  async #operation<T>(process: SimulatedProcess, what: string, effect: () => T): Promise<T> {
    const { simulation } = this;
    const startedAt = simulation.now;
    const noteDelay = () => {
      if (simulation.now - startedAt >= this.setup.timeoutMs) process.hasStoreFailed = true;
    };
    const timed = () => {
      noteDelay();
      return effect();
    };
    try {
      return await request(simulation, process, what, timed, this.storeFaults);
    } catch (reason) {
      process.hasStoreFailed = true;
      throw reason;
    } finally {
      noteDelay();
    }
  }
}
