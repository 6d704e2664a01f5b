import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CanceledError, NetworkError, SignInAgainError } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { afterEach, beforeEach, expect, it } from "vitest";
import { exitCodeOf } from "../../examples/exit-code.js";
import { isSignedIn, main, openSession, type SignInOptions, signIn } from "../../examples/log-in.js";
import { approve } from "../support/approve.js";
import { failureOf } from "../support/promises.js";

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "log-in-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

/** Creates a server, and a program that keeps its tokens in a file. `open` starts the program. */
function start() {
  const server = createMockServer();
  const { clock } = server;
  const address = { baseUrl: "https://vydon.example.com", clock, fetch: server.fetch };
  return { clock, server, open: () => openSession(address, join(folder, "tokens.json")) };
}

/** A person with a browser. `visit` opens the sign-in page. */
function person(visit: (signInPage: string) => Promise<void>) {
  let visiting = Promise.resolve();
  const options: SignInOptions = {
    port: 0,
    openPage: (url) => {
      visiting = visit(url);
    },
  };
  return { options, done: () => visiting };
}

it("main() signs a person in once, and stays signed in after the first token has expired", async () => {
  const { clock, server, open } = start();
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  const pages: string[] = [];
  const { options, done } = person(async (url) => {
    const response = await fetch(await approve(server, url));
    pages.push(`${response.status} ${await response.text()}`);
  });

  await main(open(), undefined, say, options);
  await done();
  expect(pages).toEqual(["200 You can close this page."]);
  for (let hours = 0; hours < 3; hours++) {
    clock.advance("1h");
    await main(open(), undefined, say, options);
  }
  const { userId } = server.vydon.signIn({ email: "ada@example.com" });
  expect(lines).toEqual(Array(4).fill(`You are user ${userId}.`));
  expect(server.calls.of("LoginCli")).toHaveLength(1);
  expect(server.calls.of("RefreshCli")).toHaveLength(3);

  await main(open(), "out", say);
  expect(lines.at(-1)).toBe("You are signed out.");
  const session = open();
  expect(await isSignedIn(session)).toBe(false);
  expect(await failureOf(session.client.users.current())).toBeInstanceOf(SignInAgainError);
});

it("main() registers a person whose first run failed after the sign-in", async () => {
  const { server, open } = start();
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  const { options, done } = person(async (url) => void (await fetch(await approve(server, url))));
  server.faults.inject({ method: "SetUser", code: "internal", times: 1 });
  await expect(main(open(), undefined, say, options)).rejects.toThrow("SetUser: injected fault");
  await done();
  await main(open(), undefined, say, options);
  expect(lines).toEqual([`You are user ${server.vydon.signIn({ email: "ada@example.com" }).userId}.`]);
});

it("signIn() closes its port although a connection to it is open", async () => {
  const { server, open } = start();
  const idle = new Socket();
  const { options, done } = person(async (url) => {
    const callback = await approve(server, url);
    idle.connect(Number(callback.port), callback.hostname);
    await once(idle, "connect");
    await fetch(callback);
  });
  const closed = once(idle, "close");
  await signIn(open(), options);
  await done();
  await closed;
});

it("signIn() ignores a code with another state, and continues to wait", async () => {
  const { server, open } = start();
  const session = open();
  const pages: string[] = [];
  const { options, done } = person(async (url) => {
    const good = await approve(server, url);
    for (const state of ["", "guessed"]) {
      const bad = new URL(good);
      bad.searchParams.set("state", state);
      pages.push(await (await fetch(bad)).text());
    }
    // Any page can send a request to the port, and the path need not be a URL.
    for (const path of ["/favicon.ico", "//", "//["]) {
      pages.push(String((await fetch(good.origin + path)).status));
    }
    await fetch(good);
  });
  await signIn(session, options);
  await done();
  expect(pages).toEqual([...Array(2).fill("This link belongs to another sign-in."), "404", "404", "404"]);
  expect(await isSignedIn(session)).toBe(true);
});

it("signIn() rejects with the identity provider's error, and closes its port", async () => {
  const { server, open } = start();
  const session = open();
  let callback = new URL("http://127.0.0.1");
  const pages: string[] = [];
  const { options, done } = person(async (url) => {
    callback = await approve(server, url);
    callback.searchParams.delete("code");
    callback.searchParams.set("error", "access_denied");
    pages.push(await (await fetch(callback)).text());
  });
  const lines: string[] = [];
  const refused = () => signIn(session, options);
  expect(await exitCodeOf(refused, (line) => void lines.push(line))).toBe(1);
  expect(lines).toEqual(["The identity provider refused the sign-in: access_denied."]);
  await done();
  expect(pages).toEqual(["The sign-in has failed."]);
  await expect(fetch(callback)).rejects.toThrow("fetch failed");
  expect(await isSignedIn(session)).toBe(false);
});

it("signIn() rejects when its signal aborts", async () => {
  const { open } = start();
  const giveUp = new AbortController();
  const { options } = person(async () => giveUp.abort(new Error("five minutes are over")));
  const signal = giveUp.signal;
  await expect(signIn(open(), { ...options, signal })).rejects.toThrow("five minutes are over");
  const error = await failureOf(signIn(open(), { ...options, signal }));
  expect(error).toBeInstanceOf(CanceledError);
});

it("a command prints one line if nobody signs in before its time is up", async () => {
  const { open } = start();
  const time = new AbortController();
  const timeout = new DOMException("The operation was aborted due to timeout", "TimeoutError");
  const { options } = person(async () => time.abort(timeout));
  const lines: string[] = [];
  const waiting = () => signIn(open(), { ...options, signal: time.signal });
  expect(await exitCodeOf(waiting, (line) => void lines.push(line))).toBe(1);
  expect(lines).toEqual([timeout.message]);
});

it("isSignedIn() rejects with NetworkError if the server cannot be reached", async () => {
  const { open, clock, server } = start();
  await open().auth.accept(server.vydon.issuer.signIn({ email: "ada@example.com" }));
  const offline = openSession(
    { baseUrl: "http://127.0.0.1:9", clock, retry: false },
    join(folder, "tokens.json"),
  );
  expect(await failureOf(isSignedIn(offline))).toBeInstanceOf(NetworkError);
});

it("a command prints the reason if the server cannot be reached, and exits with 1", async () => {
  const { clock } = start();
  const lines: string[] = [];
  const say = (line: string) => void lines.push(line);
  const offline = async () => {
    throw new TypeError("fetch failed");
  };
  const address = { baseUrl: "http://localhost:8080", clock, retry: false, fetch: offline } as const;
  const session = openSession(address, join(folder, "tokens.json"));
  expect(await exitCodeOf(() => main(session, undefined, say), say)).toBe(1);
  expect(lines).toEqual(["GetAuthStatus: fetch failed. No response: check the network and `baseUrl`."]);

  const wrong = async () => openSession({ baseUrl: "foo" }, join(folder, "tokens.json"));
  expect(await exitCodeOf(wrong, say)).toBe(1);
  expect(await exitCodeOf(() => readFile(join(folder, "no-such-file")), say)).toBe(1);
  expect(lines.slice(1)).toEqual([
    expect.stringContaining("baseUrl"),
    expect.stringContaining("ENOENT: no such file or directory"),
  ]);

  expect(await exitCodeOf(() => main(session, "out", say), say)).toBe(0);
  expect(await exitCodeOf(async () => false, say)).toBe(1);
  const mistake = () => Promise.reject(new RangeError("a mistake of the program"));
  await expect(exitCodeOf(mistake, say)).rejects.toThrow(RangeError);
});
