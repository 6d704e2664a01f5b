import { fork } from "node:child_process";
import { chmod, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { refreshableToken, type Stored } from "../../src/core/tokens/index.js";
import { fileStore } from "../../src/node/file-store.js";
import { program } from "../support/program.js";
import { Clock, failureOf } from "../support/scripted.js";

const start = Date.UTC(2026, 0, 1);
const stored: Stored = {
  v: 1,
  tokens: { accessToken: "a", refreshToken: "r", expiresAt: start },
  revision: "1",
  sessionId: "ada",
};

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tokens-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs a program in a process of its own until it ends. */
async function run(name: string, ...args: string[]): Promise<string> {
  const path = await program(`test/node/${name}`);
  return new Promise((resolve, reject) => {
    const child = fork(path, args, { stdio: ["ignore", "pipe", "inherit", "ipc"] });
    let output = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      output += chunk;
    });
    child.on("error", reject);
    child.on("close", () => resolve(output.trim()));
  });
}

describe("a token file", () => {
  it("returns what was saved, and only its owner can read it", async () => {
    const path = join(folder, "deep", "tokens.json");
    const store = fileStore(path);
    expect(await store.load()).toBeUndefined();
    expect(await store.save(stored, undefined)).toBe(true);
    expect(await fileStore(path).load()).toEqual(stored);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, "deep"))).mode & 0o777).toBe(0o700);
  });

  it("that others could read becomes one that they can't", async () => {
    const path = join(folder, "tokens.json");
    await writeFile(path, "{}");
    await chmod(path, 0o644);
    await fileStore(path).save(stored, undefined);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it.each(["", "{", "null", '{"accessToken":1}', "\u0000\u0000"])(
    "holding %j holds nothing",
    async (text) => {
      const path = join(folder, "tokens.json");
      await writeFile(path, text);
      expect(await fileStore(path).load()).toBeUndefined();
    },
  );

  it("that can't be read is an error: nobody should be signed out for a wrong owner", async () => {
    expect(await failureOf(Promise.resolve(fileStore(folder).load()))).toMatchObject({ code: "EISDIR" });
  });

  it("keeps no token when it is cleared, and nothing beside it", async () => {
    const path = join(folder, "tokens.json");
    const store = fileStore(path);
    await store.save(stored, undefined);
    await store.clear();
    expect(await readFile(path, "utf8")).toMatch(/^\{"clearedAt":\d+\}\n$/);
    expect(await readdir(folder)).toEqual(["tokens.json"]);
    expect(await store.save({ ...stored, revision: "2" }, "1")).toBe(false);
    expect(await store.load()).toBeUndefined();
  });

  it("leaves nothing beside it when a save fails", async () => {
    // A folder in its place can't be replaced by a file.
    expect(await failureOf(Promise.resolve(fileStore(folder).save(stored, undefined)))).toBeInstanceOf(Error);
    const beside = await readdir(dirname(folder));
    expect(beside.filter((name) => name.startsWith(`${basename(folder)}.`))).toEqual([]);
  });
});

describe("a crash in the middle of a write", () => {
  it("after the new tokens were claimed leaves the new ones: the next reader puts them into place", async () => {
    const path = join(folder, "tokens.json");
    await fileStore(path).save({ ...stored, revision: "0" }, undefined);
    await run("crash-while-saving.ts", path, "rename");
    expect(JSON.parse(await readFile(path, "utf8")).revision).toBe("0");
    expect((await fileStore(path).load())?.revision).toBe("1");
    expect(await readdir(folder)).toEqual(["tokens.json"]);
  });

  it("leaves the tokens before, whole, and what it left is removed later", async () => {
    const path = join(folder, "tokens.json");
    await fileStore(path).save(stored, undefined);
    await run("crash-while-saving.ts", path, "link");
    expect(await fileStore(path).load()).toEqual(stored);

    const left = (await readdir(folder)).filter((name) => name.endsWith(".tmp"));
    expect(left).toHaveLength(1);
    const old = new Date(Date.now() - 120_000);
    await utimes(join(folder, left[0] ?? ""), old, old);
    const next = { ...stored, revision: "2" };
    expect(await fileStore(path).save(next, "1")).toBe(true);
    expect(await readdir(folder)).toEqual(["tokens.json"]);
    expect(JSON.parse(await readFile(path, "utf8"))).toEqual(next);
  });
});

describe("a token file's lock", () => {
  it("lets two processes share one refresh", async () => {
    const path = join(folder, "tokens.json");
    const log = join(folder, "refreshes");
    const tokens = { accessToken: "over", refreshToken: "r-0", expiresAt: start };
    await fileStore(path).save({ ...stored, tokens }, undefined);
    const used = await Promise.all([1, 2].map(() => run("refresh-once.ts", path, log)));
    expect(used).toEqual(["access-1", "access-1"]);
    expect(await readFile(log, "utf8")).toBe("r-0\n");
    expect((await readdir(folder)).sort()).toEqual(["refreshes", "tokens.json"]);
  });

  it("of a process that died is taken over", async () => {
    const path = join(folder, "tokens.json");
    const clock = new Clock(start);
    await writeFile(`${path}.lock`, "somebody");
    const store = fileStore(path, { clock });
    const source = refreshableToken({
      refresh: () => ({ accessToken: "a" }),
      store,
      clock,
      timeoutMs: 1_000,
    });
    const old = new Date(Date.now() - 11_000);
    await utimes(`${path}.lock`, old, old);
    expect(await source.token({})).toBe("a");
    expect(await readdir(folder)).toEqual(["tokens.json"]);
  });

  it("that nobody touches is taken over, whatever the clocks say", async () => {
    const path = join(folder, "tokens.json");
    await writeFile(`${path}.lock`, "somebody");
    const tomorrow = new Date(Date.now() + 86_400_000);
    await utimes(`${path}.lock`, tomorrow, tomorrow);
    const clock = new Clock(start);
    const { lock } = fileStore(path, { clock });
    expect(await lock?.(async () => "in", new AbortController().signal)).toBe("in");
    expect(clock.now() - start).toBeGreaterThan(10_000);
    expect(clock.now() - start).toBeLessThan(11_000);
  });

  it("that another process holds is waited for until the signal aborts", async () => {
    const path = join(folder, "tokens.json");
    await writeFile(`${path}.lock`, "somebody");
    const clock = new Clock(start);
    const controller = new AbortController();
    clock.setTimeout(() => controller.abort("enough"), 200);
    const { lock } = fileStore(path, { clock });
    expect(await failureOf(lock?.(async () => {}, controller.signal) ?? Promise.resolve())).toBe("enough");
    expect(clock.now()).toBe(start + 200);
    expect(await readdir(folder)).toEqual(["tokens.json.lock"]);
  });
});
