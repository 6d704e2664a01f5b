import * as fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { failureOf } from "../../../test/support/promises.js";
import { fromServer, layeredOver, read, write } from "../../../test/support/scripted.js";
import { seeded } from "../../../test/support/seeded.js";
import { NotFoundError, VydonClient } from "../../index.js";
import type { LogFacts, Logger, LogLevel } from "./log-hooks.js";

/** A logger that keeps its lines. */
function keeping() {
  const lines: { level: string; text: string; facts: LogFacts }[] = [];
  const at = (level: string) => (text: string, facts: LogFacts) => lines.push({ level, text, facts });
  const logger: Logger = { error: at("error"), warn: at("warn"), info: at("info"), debug: at("debug") };
  const shown = () => lines.map(({ level, text }) => `${level} ${text}`);
  return { logger, lines, shown };
}

const method = "mgmt.v1alpha1.UserAccountService/GetUser";
const noJitter = { random: () => 1 };

describe("a logger", () => {
  it("gets a line for a call, a retry and each attempt", async () => {
    const { logger, lines, shown } = keeping();
    const { call, clock } = layeredOver(["unavailable", () => clock.sleep(30)], {
      logger,
      logLevel: "debug",
      retry: noJitter,
    });
    await call(read);
    expect(shown()).toEqual([
      `debug tenantry: ${method}: attempt 1: unavailable after 0 ms`,
      `warn tenantry: ${method}: UnavailableError, trying again in 200 ms`,
      `debug tenantry: ${method}: attempt 2: ok after 30 ms, request id req-2`,
      `info tenantry: ${method}: ok after 2 attempts, 230 ms, request id req-2`,
    ]);
    expect(lines.map(({ facts }) => [facts.attempts, facts.durationMs])).toEqual([
      [1, 0],
      [1, 200],
      [2, 30],
      [2, 230],
    ]);
  });

  it("gets an error for a call that fails, as a text and as an object", async () => {
    const { logger, lines } = keeping();
    const { call } = layeredOver([fromServer("not_found", { "x-request-id": "r-1" })], { logger });
    await failureOf(call(read));
    expect(lines).toEqual([
      {
        level: "error",
        text: `tenantry: ${method}: NotFoundError after 1 attempt, 0 ms, request id r-1`,
        facts: { method, attempts: 1, durationMs: 0, code: "not_found", requestId: "r-1" },
      },
    ]);
  });

  it("gets the request id of an attempt that is retried", async () => {
    const { logger, shown } = keeping();
    const outcomes = [fromServer("unavailable", { "x-request-id": "r-1" }), "ok"] as const;
    const { call } = layeredOver([...outcomes], { logger, logLevel: "warn", retry: noJitter });
    await call(read);
    expect(shown()).toEqual([
      `warn tenantry: ${method}: UnavailableError, trying again in 200 ms, request id r-1`,
    ]);
  });

  it("gets one line, even if the server's request id has line breaks and other control characters", async () => {
    const { logger, shown } = keeping();
    const fail = () => Promise.reject(new NotFoundError("no", { requestId: "r-1\n\u001b[2Jtenantry: ok" }));
    const { call } = layeredOver([fail], { logger });
    await failureOf(call(read));
    expect(shown()).toEqual([
      `error tenantry: ${method}: NotFoundError after 1 attempt, 0 ms, request id r-1[2Jtenantry: ok`,
    ]);
  });

  it("gets no error for a call that its caller cancels, such as a page that is left", async () => {
    const { logger, shown } = keeping();
    const { call } = layeredOver(["ok"], { logger });
    await failureOf(call(read, { signal: AbortSignal.abort() }));
    expect(shown()).toEqual([`info tenantry: ${method}: CanceledError after 0 attempts, 0 ms`]);
  });

  it("gets an object without `code` if a call succeeds, and without `requestId` if there is none", async () => {
    const { logger, lines } = keeping();
    const { call } = layeredOver(["ok", "unavailable"], { logger });
    await call(write);
    await failureOf(call(write));
    expect(lines.map(({ facts }) => Object.keys(facts))).toEqual([
      ["method", "attempts", "durationMs", "requestId"],
      ["method", "attempts", "durationMs", "code"],
    ]);
  });

  it.each<[LogLevel | undefined, string[]]>([
    ["off", []],
    ["error", ["error"]],
    ["warn", ["warn", "error"]],
    ["info", ["warn", "info", "error"]],
    [undefined, ["warn", "info", "error"]],
    ["debug", ["debug", "warn", "debug", "info", "debug", "error"]],
  ])("gets the lines of the level %s", async (logLevel, expected) => {
    const { logger, lines } = keeping();
    const script = layeredOver(["unavailable", "ok", "not_found"], { logger, logLevel, retry: noJitter });
    await script.call(read);
    await failureOf(script.call(write));
    expect(lines.map(({ level }) => level)).toEqual(expected);
  });

  it("that throws does not change the call", async () => {
    const broken = vi.fn(() => {
      throw new Error("the disk is full");
    });
    const logger: Logger = { error: broken, warn: broken, info: broken, debug: broken };
    expect(await layeredOver(["ok"], { logger, logLevel: "debug" }).call(read)).toEqual({});
    expect(broken).toHaveBeenCalled();
  });
});

describe("without a logger", () => {
  it.each([
    ["", 0],
    ["off", 0],
    ["loud", 0],
    ["warn", 0],
    ["info", 1],
  ])("TENANTRY_LOG=%s writes %i lines to the console", async (level, count) => {
    vi.stubEnv("TENANTRY_LOG", level);
    const spies = (["error", "warn", "info", "debug", "log"] as const).map((name) =>
      vi.spyOn(console, name).mockImplementation(() => {}),
    );
    await layeredOver(["ok"]).call(read);
    expect(spies.flatMap(({ mock }) => mock.calls)).toHaveLength(count);
  });
});

it("the log contains no secret from any field", async () => {
  // Long enough not to be a part of another word.
  const secret = fc.stringMatching(/^[A-Za-z0-9]{12,20}$/).map((text) => `s3cr3t${text}`);
  await fc.assert(
    fc.asyncProperty(secret, fc.boolean(), async (planted, fails) => {
      const { logger, lines } = keeping();
      const body = fails
        ? { code: "not_found", message: planted, details: [{ type: "x.Y", value: btoa(planted) }] }
        : { userId: planted, email: planted };
      const fetch = async () =>
        new Response(JSON.stringify(body), {
          status: fails ? 404 : 200,
          headers: { "content-type": "application/json", "x-request-id": planted, "x-other": planted },
        });
      const client = new VydonClient({
        baseUrl: "https://vydon.example.com",
        auth: planted,
        headers: { "x-key": planted },
        fetch,
        logger,
        logLevel: "debug",
      });
      await client.accounts.createTeam({ name: planted }).catch(() => {});
      await client.users.current({ headers: { "x-other-key": planted } }).catch(() => {});
      expect(lines.length).toBeGreaterThanOrEqual(4);
      expect(JSON.stringify(lines)).not.toContain(planted);
    }),
    seeded(50),
  );
});
