import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { refreshableToken } from "../../src/core/tokens/index.js";
import { fileStore } from "../../src/node/file-store.js";
import { Clock } from "../support/scripted.js";

const disk = vi.hoisted(() => ({ fails: undefined as "ENOSPC" | "EROFS" | undefined }));

/** A file system that can create files on a full disk, and not write them. */
vi.mock("node:fs/promises", async (importOriginal) => {
  const fs = await importOriginal<typeof import("node:fs/promises")>();
  const failure = () => Object.assign(new Error(`${disk.fails}: no write`), { code: disk.fails });
  return {
    ...fs,
    async open(...args: Parameters<typeof fs.open>) {
      if (disk.fails === "EROFS") throw failure();
      const file = await fs.open(...args);
      if (disk.fails === "ENOSPC") file.writeFile = () => Promise.reject(failure());
      return file;
    },
  };
});

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tokens-"));
});
afterEach(async () => {
  disk.fails = undefined;
  await rm(folder, { recursive: true });
});

it.each(["ENOSPC", "EROFS"] as const)(
  "with %s calls go on with the tokens in memory, and no file blocks the next process",
  async (fails) => {
    const path = join(folder, "tokens.json");
    const clock = new Clock();
    let count = 0;
    const process = () =>
      refreshableToken({
        store: fileStore(path, { clock }),
        clock,
        refresh: () => ({ accessToken: `access-${++count}`, refreshToken: `refresh-${count}` }),
      });
    const source = process();
    disk.fails = fails;
    const before = clock.now();
    expect(await source.token({})).toBe("access-1");
    expect(await source.token({ rejected: "access-1" })).toBe("access-2");
    expect(await readdir(folder)).toEqual([]);
    // Nobody has waited for a lock.
    expect(clock.now() - before).toBeLessThan(1_000);

    disk.fails = undefined;
    expect(await source.token({ rejected: "access-2" })).toBe("access-3");
    expect(await process().token({})).toBe("access-3");
  },
);
