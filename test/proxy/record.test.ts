import { execFileSync } from "node:child_process";
import { closeSync, openSync } from "node:fs";
import { chmod, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { CallRecorder } from "../../src/mock/node/recorder/record-call.js";
import { run, startCommand } from "../support/run-command.js";
import { until } from "../support/until.js";
import { getUser, json, linesOf, openFolder, openRealServer } from "./real-server.js";

const real = openRealServer();
const files = openFolder();

describe("tenantry mock --proxy --record", () => {
  it("fails if the file is not empty, unless --force is set", async () => {
    const file = files.next();
    await writeFile(file, "mine\n");
    const { code, err } = await run("mock", "--port", "0", "--proxy", real.url, "--record", file);
    expect({ code, err }).toEqual({
      code: 1,
      err: `tenantry: ${file} is not empty: name another file, or overwrite this one with --force\n`,
    });
    expect(await readFile(file, "utf8")).toBe("mine\n");
    expect((await run("mock", "--port", "0", "--proxy", real.url, "--record", file, "--force")).code).toBe(0);
    expect(await linesOf(file)).toHaveLength(1);
  });

  it("changes no file if the port is in use", async () => {
    const [mine, other] = [files.next(), files.next()];
    await writeFile(mine, "mine\n");
    await using proxy = await startCommand("--proxy", real.url);
    const { port } = new URL(proxy.url);
    for (const file of [mine, other]) {
      const argv = ["mock", "--port", port, "--proxy", real.url, "--record", file, "--force"];
      expect((await run(...argv)).err).toContain("is in use");
    }
    expect(await readFile(mine, "utf8")).toBe("mine\n");
    await expect(readFile(other)).rejects.toThrow("ENOENT");
  });

  it("sets the mode of an existing empty file to 0600", async () => {
    const file = files.next();
    await writeFile(file, "");
    await chmod(file, 0o644);
    expect((await run("mock", "--port", "0", "--proxy", real.url, "--record", file)).code).toBe(0);
    expect((await stat(file)).mode & 0o777).toBe(0o600);
  });

  it("keeps the mode of a pipe or a device", async () => {
    const pipe = files.next();
    execFileSync("mkfifo", [pipe]);
    await chmod(pipe, 0o622);
    const reader = openSync(pipe, "r+");
    expect((await run("mock", "--port", "0", "--proxy", real.url, "--record", pipe)).code).toBe(0);
    closeSync(reader);
    expect((await stat(pipe)).mode & 0o777).toBe(0o622);
  });

  it("writes each call to the file before it returns the response", async () => {
    const file = files.next();
    await using proxy = await startCommand("--proxy", real.url, "--record", file, "--quiet");
    for (const count of [1, 2, 3]) {
      await fetch(proxy.url + getUser, { method: "POST", headers: json, body: "{}" });
      expect(await linesOf(file)).toHaveLength(count + 1);
    }
  });

  it("logs a response that is not one of the API as not recorded", async () => {
    const file = files.next();
    await using proxy = await startCommand("--proxy", real.url, "--record", file);
    const call = () =>
      fetch(proxy.url + getUser, { method: "POST", headers: json, body: "{}", redirect: "manual" });
    await call();
    for (const status of [502, 302, 200]) {
      real.respond = (_request, response) => {
        response.writeHead(status, { "content-type": "text/html" }).end("<h1>A gateway</h1>");
      };
      await call();
    }
    const outcomes = Array.from(proxy.out().matchAll(/GetUser (.*)\n/g), ([, outcome]) => outcome);
    expect(outcomes).toEqual([
      "200 ok",
      "502 response not recorded",
      "302 response not recorded",
      "200 response not recorded",
    ]);
    expect(await linesOf(file)).toHaveLength(5);
  });

  it("records the calls after a response with a very long string", async () => {
    const file = files.next();
    await using proxy = await startCommand("--proxy", real.url, "--record", file);
    const call = async () => {
      const response = await fetch(proxy.url + getUser, { method: "POST", headers: json, body: "{}" });
      return { status: response.status, body: await response.json() };
    };
    // The second is of a field that the schema does not have.
    const long = "long".repeat(20_000);
    const refusal = { code: "not_found", message: `no ${long} here` };
    for (const body of [{ userId: long }, { userId: "u", avatar: long }, refusal]) {
      const status = "code" in body ? 404 : 200;
      real.respond = (_request, response) => response.writeHead(status, json).end(JSON.stringify(body));
      expect(await call()).toEqual({ status, body });
    }
    expect((await linesOf(file)).at(-1)).toMatchObject({
      code: "not_found",
      message: expect.stringMatching(/^no <id:1 .*> here$/),
    });
  });

  it("returns the response unchanged if the call cannot be recorded", async () => {
    const file = files.next();
    await using proxy = await startCommand("--proxy", real.url, "--record", file);
    using _ = vi.spyOn(CallRecorder.prototype, "record").mockImplementationOnce(() => {
      throw new Error("a secret");
    });
    for (const _count of [1, 2]) {
      const response = await fetch(proxy.url + getUser, { method: "POST", headers: json, body: "{}" });
      expect(response.status).toBe(200);
      expect(await response.json()).toHaveProperty("userId");
    }
    expect(proxy.out()).toMatch(/GetUser 200 could not be recorded\n.*GetUser 200 ok\n/);
    expect(proxy.out()).not.toContain("a secret");
    expect(await linesOf(file)).toHaveLength(2);
  });

  it("fails if the file cannot be written", async () => {
    const file = join(files.folder, "no", "such", "folder.jsonl");
    const { code, err } = await run("mock", "--port", "0", "--proxy", real.url, "--record", file);
    expect(code).toBe(1);
    expect(err).toContain(`cannot write the recording ${file}: `);
  });

  it("passes calls on if the file cannot be written any more, and ends with 1", async () => {
    const pipe = files.next();
    execFileSync("mkfifo", [pipe]);
    const reader = openSync(pipe, "r+");
    const proxy = await startCommand("--proxy", real.url, "--record", pipe, "--quiet");
    closeSync(reader);
    const call = () => fetch(proxy.url + getUser, { method: "POST", headers: json, body: "{}" });
    // Several calls, because a process that starts at this moment holds a copy of the reader for an instant.
    await until(async () => (await call()).ok && proxy.err() !== "");
    expect((await call()).status).toBe(200);
    expect(await proxy.stop()).toBe(1);
    const problem = `tenantry: cannot write the recording ${pipe}: EPIPE: broken pipe, write\n`;
    // While it runs, and when it ends.
    expect(proxy.err()).toBe(problem + problem);
  });
});
