import { CanceledError, DeadlineExceededError } from "tenantry";
import { describe, expect, it } from "vitest";
import { VirtualClock } from "../../src/mock/engine/time/virtual-clock.js";
import { failureOf } from "../support/promises.js";
import { type Answer, respond } from "../support/raw-server.js";
import { ada, html, json, serve } from "./serve.js";

describe("connect-timeout-ms", () => {
  it("is the remaining time of the call at each attempt, in whole milliseconds", async () => {
    const clock = new VirtualClock(0);
    const { server, client } = await serve(respond(503, html), {
      clock,
      retry: { maxAttempts: 3, random: () => 0.51 },
    });
    await failureOf(client.users.current({ timeoutMs: 5_000 }));
    const told = server.requests.map((request) => request.header("connect-timeout-ms"));
    expect(told).toEqual(["5000", "4898", "4694"]);
  });

  it("is `attemptTimeoutMs` if that is shorter, and is not sent without a time limit", async () => {
    const { server, client } = await serve(respond(200, json, ada), { attemptTimeoutMs: 1_500 });
    await client.users.current();
    await client.withOptions({ attemptTimeoutMs: undefined }).users.current({ timeoutMs: 0 });
    expect(server.requests.map((request) => request.header("connect-timeout-ms"))).toEqual([
      "1500",
      undefined,
    ]);
  });
});

describe("timeoutMs", () => {
  const stages: [string, Answer][] = [
    ["before the response", () => {}],
    ["in the middle of the headers", (socket) => socket.write("HTTP/1.1 200 OK\r\ncontent-ty")],
    ["before the body", (socket) => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\n")],
    ["in the middle of the body", (socket) => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 5\r\n\r\nxx")],
  ];

  it.each(stages)("makes the call fail and closes its connection if it passes %s", async (_name, begin) => {
    const clock = new VirtualClock(0);
    const { server, client } = await serve(
      (socket, request) => {
        begin(socket, request);
        setImmediate(() => clock.advance(3_000));
      },
      { clock },
    );
    const error = await failureOf(client.users.current({ timeoutMs: 3_000 }));
    expect(error).toBeInstanceOf(DeadlineExceededError);
    expect(clock.now()).toBe(3_000);
    await server.requests[0]?.closed;
  });

  it("makes the call fail if it passes at the moment when the response arrives", async () => {
    const clock = new VirtualClock(0);
    const { client } = await serve(
      (socket, request) => {
        clock.advance(3_000);
        respond(200, json, ada)(socket, request);
      },
      { clock },
    );
    expect(await failureOf(client.users.current({ timeoutMs: 3_000 }))).toBeInstanceOf(DeadlineExceededError);
  });
});

describe("aborting `signal`", () => {
  it.each([
    ["before the response", ""],
    [
      "in the middle of the body",
      "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 5\r\n\r\n{}",
    ],
  ])("%s closes the connection", async (_name, begin) => {
    const controller = new AbortController();
    const { server, client } = await serve((socket) => {
      socket.write(begin);
      setImmediate(() => controller.abort());
    });
    const error = await failureOf(client.users.current({ signal: controller.signal }));
    expect(error).toBeInstanceOf(CanceledError);
    await server.requests[0]?.closed;
  });
});
