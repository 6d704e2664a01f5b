import { describe, expect, it, vi } from "vitest";
import { failureOf } from "../../../../test/support/promises.js";
import { type Actor, clockOf, Simulation, settled } from "../../../../test/tokens/explore/simulation.js";
import { steadyActor } from "../../../../test/tokens/tabs/channel.js";
import { WebLocks } from "../../../../test/tokens/tabs/web-locks.js";
import { VirtualClock } from "../../../mock/engine/time/virtual-clock.js";
import { type TokenLock, webLock } from "./token-lock.js";

/** A browser with several tabs that use the same lock. */
class Browser {
  readonly simulation: Simulation;
  readonly locks: WebLocks;
  /** How many works run under the lock right now, and how many did at most. */
  running = 0;
  mostRunning = 0;

  constructor({ seed = 1, stealsOvertake = false } = {}) {
    this.simulation = new Simulation(seed);
    this.locks = new WebLocks(this.simulation, { stealsOvertake });
  }

  open(name: string): Tab {
    const actor = steadyActor(name);
    const manager = this.locks.of(actor);
    vi.stubGlobal("navigator", { locks: manager });
    const lock = webLock("tokens", clockOf(this.simulation, actor));
    if (!lock) throw new Error("the platform has no Web Locks");
    return new Tab(this, actor, manager, lock);
  }

  /** Lets all happen that can, for at most so many milliseconds. */
  async run(ms = 600_000): Promise<void> {
    await settled();
    const end = this.simulation.now + ms;
    this.simulation.timer(steadyActor("the test"), ms, () => {});
    while (this.simulation.now < end && (await this.simulation.step()));
  }
}

class Tab {
  readonly manager: ReturnType<WebLocks["of"]>;
  readonly actor: Actor;
  readonly #browser: Browser;
  readonly #lock: TokenLock;

  constructor(browser: Browser, actor: Actor, manager: ReturnType<WebLocks["of"]>, lock: TokenLock) {
    this.#browser = browser;
    this.actor = actor;
    this.manager = manager;
    this.#lock = lock;
  }

  /** Does something under the lock that takes so long. */
  work(ms: number, signal = new AbortController().signal): Promise<string> {
    const browser = this.#browser;
    return this.#lock(async () => {
      browser.running++;
      browser.mostRunning = Math.max(browser.mostRunning, browser.running);
      await clockOf(browser.simulation, this.actor).sleep(ms);
      browser.running--;
      return `${this.actor.name} is done`;
    }, signal);
  }

  /** Holds the lock as a tab does that is frozen. */
  freeze(): Promise<unknown> {
    const holding = this.manager.request("tokens", {}, () => new Promise(() => {}));
    this.actor.isStopped = true;
    return holding;
  }
}

describe("webLock", () => {
  it("is undefined without Web Locks", () => {
    vi.stubGlobal("navigator", {});
    expect(webLock("tokens")).toBeUndefined();
  });

  it("lets one tab in at a time, with any number of tabs that wait", async () => {
    const browser = new Browser();
    const tabs = ["Ada", "Ben", "Cleo", "Dan"].map((name) => browser.open(name));
    const done: string[] = [];
    for (const tab of tabs) tab.work(6_000).then((text) => done.push(text));
    await browser.run();
    expect(done).toHaveLength(4);
    expect(browser.mostRunning).toBe(1);
    expect(browser.locks.steals).toEqual([]);
  });

  it("leaves the lock to a tab that works for long, if no other tab waits", async () => {
    const browser = new Browser();
    const [ada, ben] = [browser.open("Ada"), browser.open("Ben")];
    const done = Promise.all([ada.work(1_000), ben.work(60_000)]);
    await browser.run();
    expect(await done).toEqual(["Ada is done", "Ben is done"]);
    expect(browser.locks.steals).toEqual([]);
  });

  it("takes the lock from a frozen tab once: the waiting tabs get it one after the other", async () => {
    for (let seed = 1; seed <= 50; seed++) {
      const browser = new Browser({ seed });
      const frozen = browser.open("frozen");
      frozen.freeze();
      await browser.run(1_000);
      const done: string[] = [];
      for (const name of ["Ada", "Ben", "Cleo"]) {
        browser
          .open(name)
          .work(4_000)
          .then((text) => done.push(text));
      }
      await browser.run(30_000);
      expect(done).toHaveLength(3);
      expect(browser.mostRunning).toBe(1);
      expect(browser.locks.steals.filter(({ name }) => name === "tokens")).toHaveLength(1);
      expect(browser.locks.held.concat(browser.locks.queue)).toEqual([]);
    }
  });

  it("takes the lock from a frozen tab even if the tab that was about to do so freezes too", async () => {
    for (let seed = 1; seed <= 50; seed++) {
      const browser = new Browser({ seed });
      browser.open("frozen").freeze();
      await browser.run(1_000);
      const ada = browser.open("Ada");
      ada.work(1_000).catch(() => {});
      await browser.run(14_990 + seed);
      ada.actor.isStopped = true;
      const working = browser.open("Ben").work(1_000);
      const cleo = browser.open("Cleo");
      const controller = new AbortController();
      const failure = failureOf(cleo.work(1_000, controller.signal));
      await browser.run(8_000);
      controller.abort();
      expect(await failure).toBe(controller.signal.reason);
      await browser.run(100);
      expect(browser.locks.queue.filter(({ tab }) => tab === cleo.actor)).toEqual([]);
      expect(browser.simulation.timersOf(cleo.actor)).toBe(0);
      await browser.run(90_000);
      await expect(Promise.race([working, settled().then(() => "waits")])).resolves.toBe("Ben is done");
    }
  });

  it("finishes the work of a tab that has lost its lock, once, even if it learns of the loss before the grant", async () => {
    for (let seed = 1; seed <= 100; seed++) {
      const browser = new Browser({ seed, stealsOvertake: true });
      const [ada, ben] = [browser.open("Ada"), browser.open("Ben")];
      const working = ada.work(1_000);
      // The steal may come before the tab has received the message that it has the lock.
      await browser.run(browser.simulation.number() * 40);
      ben.manager.request("tokens", { steal: true }, () => {});
      await browser.run();
      await expect(working).resolves.toBe("Ada is done");
      expect(browser.mostRunning).toBe(1);
      expect(browser.locks.held.concat(browser.locks.queue)).toEqual([]);
    }
  });

  it("does not take a lock that no tab holds, because another tab may get it in the meantime", async () => {
    const clock = new VirtualClock();
    const steals: string[] = [];
    async function request(
      name: string,
      options: LockOptions,
      granted: (lock: Lock) => unknown,
    ): Promise<unknown> {
      if (options.steal) steals.push(name);
      return name === "tokens" ? new Promise(() => {}) : granted({ name, mode: "exclusive" });
    }
    vi.stubGlobal("navigator", { locks: { request, query: async () => ({ held: [] }) } });
    void webLock("tokens", clock)?.(async () => "in", new AbortController().signal);
    for (let checks = 0; checks < 3; checks++) {
      clock.advance(7_500);
      await settled();
    }
    expect(steals).toEqual([]);
  });

  it("ends the wait when the signal aborts, and then does not do the work", async () => {
    const browser = new Browser();
    browser.open("frozen").freeze();
    await browser.run(1_000);
    const controller = new AbortController();
    const ada = browser.open("Ada");
    const failure = failureOf(ada.work(1_000, controller.signal));
    await browser.run(8_000);
    controller.abort();
    expect(await failure).toBe(controller.signal.reason);
    await browser.run();
    expect(browser.mostRunning).toBe(0);
    expect(browser.locks.steals).toEqual([]);
    expect(browser.simulation.timersOf(ada.actor)).toBe(0);
  });

  it("does the work without the lock if the browser forbids locks", async () => {
    const request = () => Promise.reject(new DOMException("The page is sandboxed.", "SecurityError"));
    vi.stubGlobal("navigator", { locks: { request } });
    expect(await webLock("tokens")?.(async () => "in", new AbortController().signal)).toBe("in");
  });

  it("rejects with the error of the work", async () => {
    const browser = new Browser();
    const { manager } = browser.open("Ada");
    vi.stubGlobal("navigator", { locks: manager });
    const failing = failureOf(
      webLock("tokens")?.(() => Promise.reject(new Error("inside")), new AbortController().signal) ??
        Promise.resolve(),
    );
    await browser.run();
    expect(await failing).toMatchObject({ message: "inside" });
  });
});
