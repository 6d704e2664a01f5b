import { fork } from "node:child_process";
import { randomUUID } from "node:crypto";
import {
  chmod,
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  utimes,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, dirname, join, relative } from "node:path";
import { refreshableToken, type Stored } from "tenantry";
import { fileStore } from "tenantry/node";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { VirtualClock } from "../../src/mock/engine/time/virtual-clock.js";
import { replaceFile } from "../../src/node/replace-file.js";
import { program } from "../support/program.js";
import { failureOf } from "../support/promises.js";

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

/** Lists the folder, without the names that belong to a replaced content. */
async function files(): Promise<string[]> {
  const names = await readdir(folder);
  return names.filter((name) => !/^tokens\.json\.after-[0-9a-f]{24}\.next$/.test(name)).sort();
}

/** Returns the text of all files of the folder, at any depth. */
async function allText(): Promise<string> {
  const found = await readdir(folder, { recursive: true, withFileTypes: true });
  const texts = found
    .filter((file) => file.isFile())
    .map((file) => readFile(join(file.parentPath, file.name), "utf8"));
  return (await Promise.all(texts)).join("\n");
}

/** Makes all files and folders two minutes old. */
async function age(): Promise<void> {
  const old = new Date(Date.now() - 120_000);
  for (const name of await readdir(folder)) await utimes(join(folder, name), old, old);
}

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
    expect(await readFile(path, "utf8")).toBe(`${JSON.stringify(stored)}\n`);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect((await stat(join(folder, "deep"))).mode & 0o777).toBe(0o700);
  });

  it("behind a symbolic link is replaced, not the link", async () => {
    const [path, file] = [join(folder, "link.json"), join(folder, "real", "tokens.json")];
    await mkdir(join(folder, "real"));
    await symlink(file, path);
    expect(await fileStore(path).load()).toBeUndefined();
    expect(await fileStore(path).save(stored, undefined)).toBe(true);
    expect(await fileStore(path).save({ ...stored, revision: "2" }, "1")).toBe(true);
    expect((await lstat(path)).isSymbolicLink()).toBe(true);
    expect((await fileStore(file).load())?.revision).toBe("2");
    await fileStore(path).clear();
    expect(await readFile(file, "utf8")).not.toContain("accessToken");
    // Processes that use the file by its two names share one lock.
    const inside = await fileStore(path).lock?.(
      () => readdir(join(folder, "real")),
      new AbortController().signal,
    );
    expect(inside).toContain("tokens.json.lock");
    expect(await readdir(folder)).toEqual(["link.json", "real"]);
  });

  it("behind a link with a relative target is found from the link's real folder", async () => {
    const real = join(folder, "real");
    await mkdir(join(real, "deep"), { recursive: true });
    await symlink(join("..", "tokens.json"), join(real, "deep", "link.json"));
    await symlink(join(real, "deep"), join(folder, "short"));
    expect(await fileStore(join(folder, "short", "link.json")).save(stored, undefined)).toBe(true);
    expect(await fileStore(join(real, "tokens.json")).load()).toEqual(stored);
  });

  it("behind links that form a circle is an error", async () => {
    const [one, other] = [join(folder, "one.json"), join(folder, "other.json")];
    await symlink(one, other);
    await symlink(other, one);
    await expect(fileStore(one).load()).rejects.toThrow("ELOOP");
  });

  it("is the same file after the program has changed its folder", async () => {
    const path = join(folder, "tokens.json");
    const before = process.cwd();
    const store = fileStore(relative(before, path));
    expect(store.name).toBe(`fileStore ${JSON.stringify(path)}`);
    process.chdir(folder);
    try {
      expect(await store.save(stored, undefined)).toBe(true);
      expect(await store.load()).toEqual(stored);
    } finally {
      process.chdir(before);
    }
    expect(await files()).toEqual(["tokens.json"]);
  });

  it("that others could read becomes one that they can't", async () => {
    const path = join(folder, "tokens.json");
    await writeFile(path, "{}");
    await chmod(path, 0o644);
    await fileStore(path).save(stored, undefined);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
  });

  it.each(["", "{", "null", '{"accessToken":1}', "\u0000\u0000"])(
    "with the content %j counts as empty",
    async (text) => {
      const path = join(folder, "tokens.json");
      await writeFile(path, text);
      expect(await fileStore(path).load()).toBeUndefined();
    },
  );

  it("that can't be read is an error: a wrong owner is not a sign-out", async () => {
    expect(await failureOf(Promise.resolve(fileStore(folder).load()))).toMatchObject({ code: "EISDIR" });
  });

  it("keeps no token when it is cleared, and none beside it", async () => {
    const path = join(folder, "tokens.json");
    const store = fileStore(path);
    await store.save({ ...stored, revision: "0" }, undefined);
    await store.save(stored, "0");
    await store.clear();
    expect(JSON.parse(await readFile(path, "utf8"))).toEqual({ cleared: expect.any(String) });
    expect((await allText()).trim()).toBe((await readFile(path, "utf8")).trim());
    expect(await files()).toEqual(["tokens.json"]);
    expect(await store.save({ ...stored, revision: "2" }, "1")).toBe(false);
    expect(await store.load()).toBeUndefined();
  });

  it("has another content after each `clear`, because a late save recognizes a change by it", async () => {
    vi.spyOn(Date, "now").mockReturnValue(start);
    const path = join(folder, "tokens.json");
    const cleared = new Set<string>();
    for (let times = 0; times < 2; times++) {
      await fileStore(path).save(stored, undefined);
      await fileStore(path).clear();
      cleared.add(await readFile(path, "utf8"));
    }
    expect(cleared.size).toBe(2);
  });

  it("that is missing is not created by `clear`", async () => {
    await fileStore(join(folder, "tokens.json")).clear();
    expect(await readdir(folder)).toEqual([]);
  });

  it("leaves nothing beside it when a save fails", async () => {
    // A folder in its place can't be replaced by a file.
    expect(await failureOf(Promise.resolve(fileStore(folder).save(stored, undefined)))).toBeInstanceOf(Error);
    const beside = await readdir(dirname(folder));
    expect(beside.filter((name) => name.startsWith(`${basename(folder)}.`))).toEqual([]);
  });
});

describe("what lies beside a token file", () => {
  it("after a save contains no tokens, and a save a minute later removes it", async () => {
    const path = join(folder, "tokens.json");
    const store = fileStore(path);
    for (const count of [0, 1, 2]) {
      await store.save({ ...stored, revision: `${count}` }, count === 0 ? undefined : `${count - 1}`);
    }
    const names = await readdir(folder);
    expect(names).toHaveLength(3);
    for (const name of names) expect((await stat(join(folder, name))).mode & 0o077).toBe(0);
    expect((await allText()).trim()).toBe((await readFile(path, "utf8")).trim());
    await age();
    await store.save({ ...stored, revision: "3" }, "2");
    expect(await readdir(folder)).toHaveLength(2);
  });

  it("keeps a writer from taking its turn again, even one that has looked before the save", async () => {
    const store = fileStore(join(folder, "tokens.json"));
    await store.save({ ...stored, revision: "0" }, undefined);
    await store.save(stored, "0");
    const turn = (await readdir(folder)).find((name) => name.endsWith(".next")) ?? "";
    const draft = await mkdtemp(join(folder, "draft-"));
    // A folder can be renamed to the name of an empty folder.
    await expect(rename(draft, join(folder, turn))).rejects.toThrow(/ENOTEMPTY|EEXIST|EPERM/);
  });

  it("is left alone if it belongs to others, however old it is", async () => {
    const path = join(folder, "tokens.json");
    const others = [
      "notes.tmp",
      "tokens.json-2.tmp",
      "tokens.json.2.tmp",
      "tokens.json.backup",
      "tokens.json.lock",
    ];
    for (const name of others) await writeFile(join(folder, name), "");
    await age();
    await fileStore(path).save(stored, undefined);
    expect(await files()).toEqual([...others, "tokens.json"].sort());
  });

  it("does not prevent a save if it is missing when the save looks at it", async () => {
    const path = join(folder, "tokens.json");
    // A link to nowhere is listed, and missing when it is looked at, like a file that another process removes.
    await symlink(join(folder, "nowhere"), `${path}.${randomUUID()}.tmp`);
    expect(await fileStore(path).save(stored, undefined)).toBe(true);
  });

  it("does not prevent a save after the file was deleted, or an old one copied back", async () => {
    const path = join(folder, "tokens.json");
    const store = fileStore(path);
    for (let times = 0; times < 3; times++) {
      await rm(path, { force: true });
      expect(await store.save(stored, undefined)).toBe(true);
      expect(await store.save({ ...stored, revision: "2" }, "1")).toBe(true);
      await writeFile(path, `${JSON.stringify(stored)}\n`);
      expect(await store.save({ ...stored, revision: "3" }, "1")).toBe(true);
      expect((await store.load())?.revision).toBe("3");
    }
  });
});

it("a writer that is slower than another one changes nothing", async () => {
  const path = join(folder, "tokens.json");
  await writeFile(path, "newer");
  expect(await replaceFile(path, "older", "late")).toBe(false);
  expect(await readFile(path, "utf8")).toBe("newer");
  expect(await allText()).not.toContain("late");
});

describe("a crash in the middle of a write", () => {
  it("once no other writer can win leaves the new tokens: the next reader puts them into place", async () => {
    const path = join(folder, "tokens.json");
    await fileStore(path).save({ ...stored, revision: "0" }, undefined);
    await run("crash-while-saving.ts", path, "second");
    expect(JSON.parse(await readFile(path, "utf8")).revision).toBe("0");
    expect((await fileStore(path).load())?.revision).toBe("1");
    expect(await files()).toEqual(["tokens.json"]);
  });

  it("leaves the old tokens, complete, and its leftovers are removed later", async () => {
    const path = join(folder, "tokens.json");
    await fileStore(path).save(stored, undefined);
    await run("crash-while-saving.ts", path, "first");
    expect(await fileStore(path).load()).toEqual(stored);

    expect((await files()).filter((name) => name.endsWith(".tmp"))).toHaveLength(1);
    await age();
    const next = { ...stored, revision: "2" };
    expect(await fileStore(path).save(next, "1")).toBe(true);
    expect(await files()).toEqual(["tokens.json"]);
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
    expect(await files()).toEqual(["refreshes", "tokens.json"]);
  });

  it("exists before the first save, in a folder that is missing", async () => {
    const { lock } = fileStore(join(folder, "deep", "tokens.json"));
    const lockFile = join(folder, "deep", "tokens.json.lock");
    const locked = await lock?.(() => stat(lockFile), new AbortController().signal);
    expect((locked?.mode ?? 0) & 0o777).toBe(0o600);
    expect((await stat(join(folder, "deep"))).mode & 0o777).toBe(0o700);
  });

  it("of a process that died is taken over", async () => {
    const path = join(folder, "tokens.json");
    const clock = new VirtualClock(start);
    await writeFile(`${path}.lock`, "another process");
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
    expect(await files()).toEqual(["tokens.json"]);
  });

  it("of a process that died is taken over after lockMs", async () => {
    const path = join(folder, "tokens.json");
    await writeFile(`${path}.lock`, "another process");
    const old = new Date(Date.now() - 3_000);
    await utimes(`${path}.lock`, old, old);
    const clock = new VirtualClock(start);
    const { lock } = fileStore(path, { clock, lockMs: 2_000 });
    expect(await lock?.(async () => "in", new AbortController().signal)).toBe("in");
    expect(clock.now() - start).toBeLessThan(500);
  });

  it("that no process touches is taken over, even if the clocks are wrong", async () => {
    const path = join(folder, "tokens.json");
    await writeFile(`${path}.lock`, "another process");
    const tomorrow = new Date(Date.now() + 86_400_000);
    await utimes(`${path}.lock`, tomorrow, tomorrow);
    const clock = new VirtualClock(start);
    const { lock } = fileStore(path, { clock });
    expect(await lock?.(async () => "in", new AbortController().signal)).toBe("in");
    expect(clock.now() - start).toBeGreaterThan(10_000);
    expect(clock.now() - start).toBeLessThan(11_000);
  });

  it("that another process holds keeps a process waiting until the signal aborts", async () => {
    const path = join(folder, "tokens.json");
    await writeFile(`${path}.lock`, "another process");
    const clock = new VirtualClock(start);
    const controller = new AbortController();
    clock.setTimeout(() => controller.abort("enough"), 200);
    const { lock } = fileStore(path, { clock });
    expect(await failureOf(lock?.(async () => {}, controller.signal) ?? Promise.resolve())).toBe("enough");
    expect(clock.now()).toBe(start + 200);
    expect(await readdir(folder)).toEqual(["tokens.json.lock"]);
  });
});
