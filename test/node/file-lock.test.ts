import { mkdtemp, readdir, readFile, rm, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Clock } from "tenantry";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { fileLock } from "../../src/node/file-lock.js";
import { failureOf } from "../support/promises.js";
import { until } from "../support/until.js";

/** Longer than any test, so no lock that a test holds counts as stale. */
const staleMs = 3_600_000;

/** A clock whose sleeps end when all that can happen at once has happened. */
const clock: Clock = {
  now: () => Date.now(),
  setTimeout: () => () => {},
  sleep: () => new Promise((resolve) => setImmediate(resolve)),
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "lock-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Lets many processes do something under the lock at the same time. Returns how many did at most. */
async function contend(path: string): Promise<number> {
  const { signal } = new AbortController();
  let [running, most] = [0, 0];
  const work = async () => {
    running++;
    most = Math.max(most, running);
    for (let times = 0; times < 5; times++) await readdir(folder);
    running--;
  };
  await Promise.all(Array.from({ length: 12 }, () => fileLock(path, clock, staleMs)(work, signal)));
  return most;
}

describe("the lock of a file", () => {
  it("lets one process at a time in", async () => {
    expect(await contend(join(folder, "lock"))).toBe(1);
    expect(await readdir(folder)).toEqual([]);
  });

  it("does not make the work fail if another process has removed it or taken it over, and leaves that one's lock", async () => {
    const path = join(folder, "lock");
    const { signal } = new AbortController();
    const lock = fileLock(path, clock, staleMs);
    expect(await lock(() => rm(path).then(() => "done"), signal)).toBe("done");
    expect(await lock(() => writeFile(path, "another process").then(() => "done"), signal)).toBe("done");
    expect(await readFile(path, "utf8")).toBe("another process");
  });

  it("that another process has taken over is still there after the work", async () => {
    const path = join(folder, "lock");
    const { signal } = new AbortController();
    const other = { entered: () => {}, leave: () => {} };
    let holding = Promise.resolve();
    await fileLock(
      path,
      clock,
      staleMs,
    )(async () => {
      await rm(path);
      const entered = new Promise<void>((resolve) => {
        other.entered = resolve;
      });
      holding = fileLock(
        path,
        clock,
        staleMs,
      )(() => {
        other.entered();
        return new Promise<void>((resolve) => {
          other.leave = resolve;
        });
      }, signal);
      await entered;
    }, signal);
    expect(await readdir(folder)).toEqual(["lock"]);
    other.leave();
    await holding;
    expect(await readdir(folder)).toEqual([]);
  });

  it("is not removed if it is missing at each check, because others hold it in between", async () => {
    const path = join(folder, "lock");
    // A link to nowhere cannot be created, and is missing at a check, like a lock that others take and release.
    await symlink(join(folder, "nowhere"), path);
    const soonMs = 1_000;
    let now = 0;
    const controller = new AbortController();
    const waiting: Clock = {
      ...clock,
      monotonic: () => now,
      async sleep(ms) {
        now += ms;
        if (now > 3 * soonMs) controller.abort();
        controller.signal.throwIfAborted();
      },
    };
    const ended = await failureOf(fileLock(path, waiting, soonMs)(async () => "in", controller.signal));
    expect(ended).toBe(controller.signal.reason);
    expect(await readdir(folder)).toEqual(["lock"]);
  });

  it("is not waited for after an abort", async () => {
    const path = join(folder, "lock");
    await writeFile(path, "another process");
    const controller = new AbortController();
    const sleeping: Clock = {
      ...clock,
      sleep: (_ms, signal) =>
        new Promise((_, reject) => {
          signal?.addEventListener("abort", () => reject(signal.reason));
          controller.abort(new Error("enough"));
        }),
    };
    const waiting = fileLock(path, sleeping, staleMs)(async () => "in", controller.signal);
    await expect(waiting).rejects.toThrow("enough");
  });

  it("stays with a process that renews it, for however long another one waits", async () => {
    const path = join(folder, "lock");
    await writeFile(path, "another process");
    const controller = new AbortController();
    let now = 0;
    const renewing: Clock = {
      ...clock,
      now: () => now,
      async sleep() {
        now += staleMs / 5;
        if (now > 10 * staleMs) throw new Error("enough");
        const renewedAt = new Date(Date.now() + now);
        await utimes(path, renewedAt, renewedAt);
      },
    };
    const waiting = fileLock(path, renewing, staleMs)(async () => "in", controller.signal);
    await expect(waiting).rejects.toThrow("enough");
    expect(await readFile(path, "utf8")).toBe("another process");
  });

  it("is renewed for as long as the work takes, and not afterwards", async () => {
    const path = join(folder, "lock");
    const timers = new Map<() => void, number>();
    const timed: Clock = {
      ...clock,
      setTimeout(callback, ms) {
        timers.set(callback, ms);
        return () => timers.delete(callback);
      },
    };
    const old = new Date(Date.now() - 2 * staleMs);
    await fileLock(
      path,
      timed,
      staleMs,
    )(async () => {
      for (let times = 0; times < 3; times++) {
        await utimes(path, old, old);
        const [renew, ms] = [...timers][0] ?? [() => {}, Infinity];
        expect(ms).toBeLessThan(staleMs / 2);
        timers.delete(renew);
        renew();
        await until(async () => (await stat(path)).mtimeMs > Number(old));
      }
    }, new AbortController().signal);
    expect(timers.size).toBe(0);
  });

  it("of a process that is gone goes to one of many that wait", async () => {
    const path = join(folder, "lock");
    const most: number[] = [];
    for (let times = 0; times < 40; times++) {
      await writeFile(path, "a process that is gone");
      const old = new Date(Date.now() - 2 * staleMs);
      await utimes(path, old, old);
      most.push(await contend(path));
    }
    expect(most.filter((count) => count > 1)).toEqual([]);
    expect(await readdir(folder)).toEqual([]);
  });
});
