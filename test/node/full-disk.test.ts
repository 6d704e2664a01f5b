import fs, { type FileHandle, mkdtemp, readdir, rm } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { refreshableToken } from "../../src/core/tokens/index.js";
import { fileStore } from "../../src/node/file-store.js";
import { Clock } from "../support/scripted.js";

let fails: "ENOSPC" | "EROFS" | undefined;
const { open } = fs;

/** A full disk, on which files can be created but not written. */
async function openOnFullDisk(...args: Parameters<typeof open>): Promise<FileHandle> {
  const failure = () => Object.assign(new Error(`${fails}: no write`), { code: fails });
  if (fails === "EROFS") throw failure();
  const file = await open(...args);
  if (fails === "ENOSPC") file.writeFile = () => Promise.reject(failure());
  return file;
}

function replaceOpen(replacement: typeof open): void {
  fs.open = replacement;
  syncBuiltinESMExports();
}

let folder: string;
beforeEach(async () => {
  replaceOpen(openOnFullDisk);
  folder = await mkdtemp(join(tmpdir(), "tokens-"));
});
afterEach(async () => {
  fails = undefined;
  replaceOpen(open);
  await rm(folder, { recursive: true });
});

it.each(["ENOSPC", "EROFS"] as const)(
  "with %s calls go on with the tokens in memory, and no file blocks the next process",
  async (code) => {
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
  },
);
