import { type Stored, type TokenStore, webStorageStore } from "tenantry";
import { vi } from "vitest";
import { type Actor, clockOf, type Simulation } from "../explore/simulation.js";
import { steadyActor } from "./channel.js";
import type { Copy, LocalStorage } from "./local-storage.js";
import type { Rules } from "./rules.js";
import type { WebLocks } from "./web-locks.js";

/** What tabs share. */
export interface Browser {
  readonly simulation: Simulation;
  readonly storage: LocalStorage;
  readonly locks: WebLocks;
  readonly rules: Rules;
}

/** A tab with a store. */
export class Tab implements Actor {
  isStopped = false;
  isDead = false;
  readonly name: string;
  readonly copy: Copy;
  readonly store: TokenStore;
  /** The operations under way. */
  readonly pending = new Set<string>();
  /** How many criticals run under the lock of the store. */
  #writes = 0;
  #revision: string | undefined;
  readonly #browser: Browser;

  constructor(
    browser: Browser,
    name: string,
    { hasLocks, isProcess }: { hasLocks: boolean; isProcess: boolean },
  ) {
    const { simulation, storage, locks, rules } = browser;
    this.name = name;
    this.#browser = browser;
    this.copy = storage.copy(isProcess ? this : steadyActor(`the process of ${name}`));
    const local = storage.of(this.copy, (text) => {
      simulation.note(`${name} writes ${text} over ${this.copy.text}`);
      this.#writes++;
      rules.write(this, this.copy.text, text);
    });
    vi.stubGlobal("document", {});
    vi.stubGlobal("localStorage", local);
    vi.stubGlobal("navigator", hasLocks ? { locks: locks.of(this) } : {});
    this.store = webStorageStore(local, "tokens", { clock: clockOf(simulation, this) });
  }

  load(): void {
    const { rules } = this.#browser;
    const seen = rules.indexOf(this.copy.text);
    this.#run("load", async () => {
      const revision = (await this.store.load())?.revision;
      rules.loaded(this, revision, seen);
      this.#revision = revision;
      return revision;
    });
  }

  /** Saves what replaces the revision that the tab has loaded. */
  save(revision: string): void {
    const { rules } = this.#browser;
    const expected = this.#revision;
    const next: Stored = { v: 1, tokens: { accessToken: "a" }, revision, sessionId: "ada" };
    this.#run(`save ${revision} for ${expected}`, async () => {
      const first = rules.writes.length - 1;
      const isSaved = await this.store.save(next, expected);
      const saved = rules.writes.filter((write) => write.revision === revision);
      if (saved.length !== (isSaved ? 1 : 0)) rules.fail(`${this.name} has written ${saved.length} times`);
      if (!isSaved && rules.writes.slice(first).every((write) => write.revision === expected))
        rules.failToSeeLatest(`${this.name} has not saved ${revision}, although no other tab has`);
      if (isSaved) this.#revision = revision;
      return isSaved;
    });
  }

  clear(): void {
    this.#run("clear", async () => {
      const before = this.#writes;
      await this.store.clear();
      if (before === this.#writes) this.#browser.rules.fail(`${this.name} has not cleared`);
      this.#revision = undefined;
    });
  }

  /** Holds the lock for a while. The signal may abort. */
  lock(workMs: number, abortMs: number): void {
    const { simulation, rules } = this.#browser;
    const { store } = this;
    if (!store.lock) return;
    const controller = new AbortController();
    const clock = clockOf(simulation, this);
    let entries = 0;
    const critical = async () => {
      entries++;
      await clock.sleep(workMs);
      return "done";
    };
    const locking = store.lock(critical, controller.signal);
    const cancel = clock.setTimeout(() => controller.abort(new Error("enough")), abortMs);
    this.#run("lock", async () => {
      const outcome = await locking.catch((reason: unknown) => reason);
      cancel();
      const isRight =
        entries === 1 ? outcome === "done" : entries === 0 && outcome === controller.signal.reason;
      if (!isRight) rules.fail(`${this.name} enters ${entries} times, and ends with ${outcome}`);
      return outcome;
    });
  }

  #run(what: string, operation: () => Promise<unknown>): void {
    const { simulation, rules } = this.#browser;
    const text = `${this.name} ${what}`;
    simulation.note(text);
    this.pending.add(text);
    const end = (result: unknown) => {
      this.pending.delete(text);
      simulation.note(`${text}: ${result}`);
    };
    operation().then(end, (reason: unknown) => {
      end(reason);
      if (!String(reason).includes("The storage is full")) rules.fail(`${text} fails with ${reason}`);
    });
  }
}
