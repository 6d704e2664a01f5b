import fs, { mkdtemp, readdir, readFile } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Stored } from "tenantry";
import { fileStore } from "tenantry/node";
import { afterEach, beforeEach, expect, it } from "vitest";

const { open, link, rename, rm } = fs;
const stored: Stored = { v: 1, tokens: { accessToken: "access-1" }, revision: "1", sessionId: "ada" };

/** Replaces functions of the file system until the end of the test. */
function replace(functions: Partial<Pick<typeof fs, "open" | "link" | "rename">>): void {
  Object.assign(fs, functions);
  syncBuiltinESMExports();
}

const denied = (code: string) => Promise.reject(Object.assign(new Error(`${code}: not permitted`), { code }));

let folder: string;
let path: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tokens-"));
  path = join(folder, "tokens.json");
});
afterEach(async () => {
  replace({ open, link, rename });
  await rm(folder, { recursive: true });
});

it("a file's content is on the disk before it gets its name, and then the name, so a power cut loses neither", async () => {
  const steps: string[] = [];
  replace({
    async open(...args) {
      const file = await open(...args);
      const sync = file.sync.bind(file);
      file.sync = async () => {
        await sync();
        steps.push(args[0] === folder ? "sync the name" : "sync the content");
      };
      return file;
    },
    async link(...args) {
      steps.push("name");
      return link(...args);
    },
    async rename(from, to) {
      await rename(from, to);
      if (to === path) steps.push("name");
    },
  });
  const store = fileStore(path);
  await store.save(stored, undefined);
  expect(steps.splice(0)).toEqual(["sync the content", "name", "sync the name"]);
  await store.save({ ...stored, revision: "2" }, "1");
  expect(steps).toEqual(["sync the content", "name", "sync the name"]);
});

it.each(["open", "sync"] as const)(
  "a save succeeds on a system that cannot %s a folder, such as Windows",
  async (step) => {
    replace({
      async open(...args) {
        const isFolder = args[0] === folder;
        if (isFolder && step === "open") return denied("EPERM");
        const file = await open(...args);
        if (isFolder) file.sync = () => denied("EINVAL");
        return file;
      },
    });
    const store = fileStore(path);
    expect(await store.save(stored, undefined)).toBe(true);
    expect(await store.save({ ...stored, revision: "2" }, "1")).toBe(true);
  },
);

it("a file system without hard links is an error, not another process that has saved", async () => {
  replace({ link: () => denied("EPERM") });
  await expect(fileStore(path).save(stored, undefined)).rejects.toThrow("EPERM");
  expect(await readdir(folder)).toEqual([]);
});

it.each(["the first", "the second"])("a save whose rename fails, %s one, is an error", async (which) => {
  const store = fileStore(path);
  await store.save(stored, undefined);
  const isFirst = which === "the first";
  replace({
    rename: (from, to) =>
      (to === path) === isFirst || String(from).endsWith("taken") ? rename(from, to) : denied("EACCES"),
  });
  await expect(store.save({ ...stored, revision: "2" }, "1")).rejects.toThrow("EACCES");
});

it("a writer that stalls for so long that its folder is removed has not saved", async () => {
  const store = fileStore(path);
  await store.save(stored, undefined);
  replace({
    async rename(from, to) {
      await rename(from, to);
      // Another process removes the folder, which seems to be left over from a crash.
      if (String(to).endsWith(".next")) await rm(to, { recursive: true });
    },
  });
  expect(await store.save({ ...stored, revision: "2" }, "1")).toBe(false);
  expect(await store.load()).toEqual(stored);
});

it("a sign-out is not lost if another process saves at the same moment", async () => {
  const store = fileStore(path);
  await store.save(stored, undefined);
  replace({
    async rename(from, to) {
      if (String(to).endsWith(".next")) {
        replace({ rename });
        await fileStore(path).save({ ...stored, revision: "2" }, "1");
      }
      return rename(from, to);
    },
  });
  await store.clear();
  expect(await store.load()).toBeUndefined();
  expect(await readFile(path, "utf8")).not.toContain("access-1");
});
