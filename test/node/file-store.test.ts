import { fork } from "node:child_process";
import { chmod, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { refreshableToken } from "../../src/core/tokens/refreshable-token.js";
import { fileStore } from "../../src/node/file-store.js";
import { Clock, failureOf } from "../support/scripted.js";

const tokens = { accessToken: "a", refreshToken: "r", expiresAt: 1_000 };

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tokens-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

/** Runs a program in a process of its own until it ends. */
function run(name: string, ...args: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = fork(new URL(`./${name}`, import.meta.url), args, {
      execArgv: ["--import", "tsx"],
      stdio: ["ignore", "pipe", "inherit", "ipc"],
    });
    let output = "";
    child.stdout?.on("data", (chunk: Buffer) => {
      output += chunk;
    });
    child.on("error", reject);
    child.on("close", () => resolve(output.trim()));
  });
}

describe("a token file", () => {
  it("gives back what was saved, and only its owner can read it", async () => {
    const path = join(folder, "deep", "tokens.json");
    const store = fileStore(path);
    expect(await store.load()).toBeUndefined();
    await store.save(tokens);
    expect(await fileStore(path).load()).toEqual(tokens);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, "deep"))).mode & 0o777).toBe(0o700);
  });

  it("that others could read becomes one that they can't", async () => {
    const path = join(folder, "tokens.json");
    await writeFile(path, "{}");
    await chmod(path, 0o644);
    await fileStore(path).save(tokens);
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

  it("leaves nothing beside it when a save fails", async () => {
    // A folder in its place can't be replaced by a file.
    expect(await failureOf(Promise.resolve(fileStore(folder).save(tokens)))).toBeInstanceOf(Error);
    const beside = await readdir(dirname(folder));
    expect(beside.filter((name) => name.startsWith(`${basename(folder)}.`))).toEqual([]);
  });
});

describe("a crash in the middle of a write", () => {
  it("leaves the tokens before, whole, and what it left is removed later", async () => {
    const path = join(folder, "tokens.json");
    await fileStore(path).save(tokens);
    await run("crash-while-saving.ts", path);
    expect(await fileStore(path).load()).toEqual(tokens);

    const left = (await readdir(folder)).filter((name) => name.endsWith(".tmp"));
    expect(left).toHaveLength(1);
    const old = new Date(Date.now() - 120_000);
    await utimes(join(folder, left[0] ?? ""), old, old);
    await fileStore(path).save({ accessToken: "b" });
    expect(await readdir(folder)).toEqual(["tokens.json"]);
    expect(JSON.parse(await readFile(path, "utf8"))).toEqual({ accessToken: "b" });
  });
});

describe("a token file's lock", () => {
  it("lets two processes share one refresh", async () => {
    const path = join(folder, "tokens.json");
    const log = join(folder, "refreshes");
    await fileStore(path).save({ accessToken: "over", refreshToken: "r-0", expiresAt: 0 });
    const used = await Promise.all([1, 2].map(() => run("refresh-once.ts", path, log)));
    expect(used).toEqual(["access-1", "access-1"]);
    expect(await readFile(log, "utf8")).toBe("r-0\n");
    expect((await readdir(folder)).sort()).toEqual(["refreshes", "tokens.json"]);
  });

  it("of a process that died is taken over", async () => {
    const path = join(folder, "tokens.json");
    const clock = new Clock(0);
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

  it("that another process holds is waited for until the signal aborts", async () => {
    const path = join(folder, "tokens.json");
    await writeFile(`${path}.lock`, "somebody");
    const clock = new Clock(0);
    const controller = new AbortController();
    clock.setTimeout(() => controller.abort("enough"), 200);
    const { lock } = fileStore(path, { clock });
    expect(await failureOf(lock?.(async () => {}, controller.signal) ?? Promise.resolve())).toBe("enough");
    expect(clock.now()).toBe(200);
    expect(await readdir(folder)).toEqual(["tokens.json.lock"]);
  });
});
