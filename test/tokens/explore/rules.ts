import type { Stored } from "tenantry";
import { pairOf, signInOf, type TokenServer } from "./issuer.js";
import type { Actor, Simulation } from "./simulation.js";

/** The facts about a process that the rules need. */
export interface Observed extends Actor {
  /** Whether an operation of its store has failed, or has taken longer than its time limit. */
  hasStoreFailed: boolean;
  /** The refresh tokens whose successor it has received. */
  readonly succeeded: Set<string>;
  /** The refresh tokens that the server has refused it. */
  readonly refused: Set<string>;
  /** The sign-ins that it has seen in its store, or has written. */
  readonly known: Set<number>;
  /** The sign-ins that it has left, because it has signed in again or out. */
  readonly left: Set<number>;
}

/** A refresh that a process has sent. */
export interface SentRefresh {
  readonly process: Observed;
  readonly refreshToken: string;
  readonly at: number;
  outcome: "under way" | "received" | "failed";
  /** When the process received the response. */
  settledAt: number;
}

/** The shortest pause after a refresh that has failed, in milliseconds. */
const shortestPauseMs = 250;

/** A sign-in by `accept`. Its times are counts of events. */
export interface SignIn {
  readonly process: Observed;
  readonly calledAt: number;
  settledAt: number;
  /** Whether the process had no session before. If it cannot read the store, its tokens replace all others. */
  readonly isFirst: boolean;
}

/** The rules that hold in each order of events. Each method throws an error if its rule is broken. */
export class Rules {
  readonly sent: SentRefresh[] = [];
  readonly signIns = new Map<number, SignIn>();
  /** Counts what happens. */
  count = 0;
  readonly #simulation: Simulation;
  readonly #server: TokenServer;
  readonly #limits: { readonly takeOverMs: number; readonly followSignIns: boolean };
  readonly #ended = new Set<number>();

  constructor(
    simulation: Simulation,
    server: TokenServer,
    limits: { readonly takeOverMs: number; readonly followSignIns: boolean },
  ) {
    this.#simulation = simulation;
    this.#server = server;
    this.#limits = limits;
  }

  /** A refresh token is sent once, unless its result is lost or late. */
  sends(process: Observed, refreshToken: string | undefined, stored: Stored | undefined): SentRefresh {
    const now = this.#simulation.now;
    const { takeOverMs } = this.#limits;
    const isRotated = this.#server.reuse !== "not rotated";
    const sent: SentRefresh = {
      process,
      refreshToken: refreshToken ?? "",
      at: now,
      outcome: "under way",
      settledAt: Infinity,
    };
    // After a sign-out, a process that starts with the initial tokens uses them again.
    const isRestart = this.#ended.has(0) && refreshToken === "0.r1";
    if (refreshToken !== undefined && !isRestart) {
      if (isRotated && process.succeeded.has(refreshToken)) {
        throw new Error(`${process.name} sends ${refreshToken}, but has received its successor`);
      }
      const newest = stored?.tokens.refreshToken ?? "";
      const isUsed = signInOf(newest) === signInOf(refreshToken) && pairOf(newest) > pairOf(refreshToken);
      // A process that could not save its tokens saves them later, in place of another process's mark.
      const isSure = ![process, ...this.sent.map((sent) => sent.process)].some((each) => each.hasStoreFailed);
      if (isRotated && isUsed && isSure) {
        throw new Error(`${process.name} sends ${refreshToken}, but the store has ${newest}`);
      }
      if (process.refused.has(refreshToken)) {
        throw new Error(`${process.name} sends ${refreshToken} again, which the server has refused`);
      }
      for (const before of this.sent) {
        if (before.refreshToken !== refreshToken) continue;
        const pauseMs = now - before.settledAt;
        if (before.process === process && before.outcome === "failed" && pauseMs < shortestPauseMs)
          throw new Error(`${process.name} sends ${refreshToken} again after ${pauseMs} ms`);
        if (before.outcome === "failed") continue;
        if (!isRotated && before.outcome === "received") continue;
        const ageMs = now - before.at;
        const isExcused =
          before.process.isDead ||
          before.process.hasStoreFailed ||
          process.hasStoreFailed ||
          ageMs >= takeOverMs / 2;
        if (!isExcused) {
          throw new Error(
            `${process.name} sends ${refreshToken}, which ${before.process.name} has sent ${ageMs} ms ago`,
          );
        }
      }
    }
    this.sent.push(sent);
    return sent;
  }

  /** A session that was left or replaced does not come back, and an older one does not replace a newer one. */
  saves(process: Observed, before: Stored | undefined, next: Stored, isSignIn: boolean): void {
    const signIn = signInOf(next.tokens.accessToken);
    const replaced = before && signInOf(before.tokens.accessToken);
    const { followSignIns } = this.#limits;
    const text = `${process.name} saves the tokens of sign-in ${signIn}`;
    // A write that was given up may still come.
    if (process.left.has(signIn) && !process.hasStoreFailed && !(signIn === 0 && followSignIns)) {
      throw new Error(`${text}, which it has left`);
    }
    if (replaced === signIn) {
      const pair = pairOf(next.tokens.accessToken);
      if (pair < pairOf(before?.tokens.accessToken ?? "") && this.#server.reuse !== "lenient") {
        throw new Error(`${text} with an older pair`);
      }
      return;
    }
    if (replaced !== undefined) this.#ended.add(replaced);
    const [older, newer] = [this.signIns.get(signIn), this.signIns.get(replaced ?? -1)];
    // A process whose save failed into an empty store, or that never read the store, cannot tell that its tokens were replaced.
    const isUnsure = process.hasStoreFailed && (replaced === undefined || older?.isFirst === true);
    if (this.#ended.has(signIn) && signIn > 0 && !isUnsure) throw new Error(`${text}, which is over`);
    if (replaced !== undefined && signIn < replaced) {
      const isOlder = older === undefined || newer === undefined || older.settledAt < newer.calledAt;
      if (isOlder && !isUnsure) throw new Error(`${text} in place of the newer sign-in ${replaced}`);
    }
    if (isSignIn) this.#leaves(process, signIn);
  }

  clears(process: Observed, before: Stored | undefined): void {
    if (before) this.#ended.add(signInOf(before.tokens.accessToken));
    this.#leaves(process);
  }

  #leaves(process: Observed, except?: number): void {
    for (const signIn of process.known) if (signIn !== except) process.left.add(signIn);
  }
}
