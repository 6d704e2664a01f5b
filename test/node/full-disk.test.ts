import { randomUUID } from "node:crypto";
import fs, { type FileHandle, mkdtemp, readdir, utimes, writeFile } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { refreshableToken, type Stored } from "tenantry";
import { fileStore } from "tenantry/node";
import { afterEach, beforeEach, expect, it } from "vitest";
import { VirtualClock } from "../../src/mock/engine/time/virtual-clock.js";

let fails: "ENOSPC" | "EROFS" | "EPERM" | undefined;
let opened: FileHandle[] = [];
const { open, rename, rm } = fs;
const failure = () => Object.assign(new Error(`${fails}: no write`), { code: fails });

/** A full disk, on which files can be created but not written. */
async function openOnFullDisk(...args: Parameters<typeof open>): Promise<FileHandle> {
  if (fails === "EROFS") throw failure();
  const file = await open(...args);
  opened.push(file);
  if (fails === "ENOSPC") file.writeFile = () => Promise.reject(failure());
  return file;
}

function replace(functions: Partial<Pick<typeof fs, "open" | "rename" | "rm">>): void {
  Object.assign(fs, functions);
  syncBuiltinESMExports();
}

/** The name of the file that a crash left beside `tokens.json`. */
const leftoverName = `tokens.json.${randomUUID()}.tmp`;

const stored: Stored = { v: 1, tokens: { accessToken: "access-1" }, revision: "1", sessionId: "ada" };

let folder: string;
beforeEach(async () => {
  replace({
    open: openOnFullDisk,
    rename: (...args) => (fails === "EROFS" ? Promise.reject(failure()) : rename(...args)),
    rm: (path, options) =>
      fails === "EPERM" && String(path).endsWith(leftoverName)
        ? Promise.reject(failure())
        : rm(path, options),
  });
  folder = await mkdtemp(join(tmpdir(), "tokens-"));
});
afterEach(async () => {
  fails = undefined;
  opened = [];
  replace({ open, rename, rm });
  await rm(folder, { recursive: true });
});

it.each(["ENOSPC", "EROFS"] as const)(
  "with %s calls continue with the tokens in memory, and no file blocks the next process",
  async (code) => {
    const path = join(folder, "tokens.json");
    const clock = new VirtualClock();
    let count = 0;
    const process = () =>
      refreshableToken({
        store: fileStore(path, { clock }),
        clock,
        refresh: () => ({ accessToken: `access-${++count}`, refreshToken: `refresh-${count}` }),
      });
    const source = process();
    fails = code;
    const before = clock.now();
    expect(await source.token({})).toBe("access-1");
    expect(await source.token({ rejected: "access-1" })).toBe("access-2");
    expect(await readdir(folder)).toEqual([]);
    // No process has waited for a lock.
    expect(clock.now() - before).toBeLessThan(1_000);

    fails = undefined;
    expect(await source.token({ rejected: "access-2" })).toBe("access-3");
    expect(await process().token({})).toBe("access-3");
    expect(opened.filter(({ fd }) => fd !== -1)).toEqual([]);
  },
);

it("the tokens on a disk that is read-only can be loaded", async () => {
  const store = fileStore(join(folder, "tokens.json"));
  await store.save(stored, undefined);
  fails = "EROFS";
  expect(await store.load()).toEqual(stored);
});

it("the file of a crash that may not be removed does not prevent a save", async () => {
  const leftover = join(folder, leftoverName);
  await writeFile(leftover, "");
  const old = new Date(Date.now() - 120_000);
  await utimes(leftover, old, old);
  fails = "EPERM";
  expect(await fileStore(join(folder, "tokens.json")).save(stored, undefined)).toBe(true);
});
