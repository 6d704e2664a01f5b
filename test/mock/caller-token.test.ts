import { FamClient, OnaClient, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { listen } from "tenantry/mock/node";
import { expect, it } from "vitest";
import { lineOf } from "../../src/mock/node/command/log-line.js";
import { adminOf } from "../admin/open-admin.js";
import { failureOf } from "../support/promises.js";

const header = (json: object) => Buffer.from(JSON.stringify(json)).toString("base64url");

it.each([
  ["an API key", "neo_at_v1_real-key"],
  ["a JWT", `${header({ alg: "RS256" })}.e30.real-key`],
  ["a JWT with another algorithm", `${header({ alg: "HS256" })}.e30.real-key`],
])(
  "the mock neither shows nor keeps the token of a caller, which may be a real one: %s",
  async (_kind, token) => {
    const server = createMockServer();
    await using listener = await listen(server, { admin: true });
    const lines: string[] = [];
    server.calls.watch((call) => lines.push(lineOf(call, undefined)));

    const options = { baseUrl: listener.url, auth: token, retry: false } as const;
    const errors = [
      await failureOf(new VydonClient(options).users.current()),
      await failureOf(new OnaClient(options).accounts.get()),
      await failureOf(new FamClient(options).accounts.permissions()),
    ].map(String);
    const { calls } = await adminOf(listener).listCalls({});
    const failure = await failureOf(
      Promise.resolve().then(() => server.calls.expect("SetUser").toHaveBeenCalled()),
    );

    expect(lines).toHaveLength(3);
    expect(calls).toHaveLength(3);
    // protobuf-es has 64-bit integers, which JSON has not.
    const all = JSON.stringify([calls, server.calls.all(), server.snapshot()], (_key, value: unknown) =>
      typeof value === "bigint" ? String(value) : value,
    );
    for (const text of [...lines, ...errors, String(failure), all]) expect(text).not.toContain("real-key");
  },
);
