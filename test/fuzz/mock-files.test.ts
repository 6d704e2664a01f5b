import { Code, createClient } from "@connectrpc/connect";
import fc from "fast-check";
import { createMockServer, type MockSeed } from "tenantry/mock";
import { describe, expect, it } from "vitest";
import { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { readArguments } from "../../src/mock/node/command/arguments.js";
import { UsageError } from "../../src/mock/node/command/usage-error.js";
import { mutatedJson, seeded } from "./mutate.js";

const seed = {
  vydon: {
    users: [{ email: "ada@example.com", name: "Ada", token: "ada-token" }],
    accounts: [
      {
        name: "acme",
        createdAt: "2026-01-01T00:00:00Z",
        members: [{ email: "ada@example.com", role: "admin" }, { email: "grace@example.com" }],
        invites: [{ email: "edsger@example.com", role: "job_viewer", expiresIn: "12h" }],
        subscription: "active",
        usedRecords: 7,
        allowedRecords: 100,
        apiKeys: [{ token: "key", expiresIn: "30d" }],
      },
    ],
    workerKeys: ["worker"],
  },
} satisfies MockSeed;

const faults = [
  { method: "GetUser", code: "unavailable", times: 2, retryAfter: "1s" },
  { wire: "html_502", every: 3, latencyMs: 5 },
  {
    method: "vydon.SetUser",
    code: "internal",
    details: [{ type: "google.rpc.RetryInfo", value: { retryDelay: "2s" } }],
  },
];

/** Returns the error that a function throws. */
function errorThrownBy(work: () => void): Error | undefined {
  try {
    work();
    return undefined;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return error;
  }
}

describe("server.seed() with a mutated seed", () => {
  it("adds it, or throws an error with the path of the mistake and adds nothing", () => {
    fc.assert(
      fc.property(mutatedJson(seed), (json) => {
        const server = createMockServer();
        const before = server.snapshot();
        // The result of JSON.parse, as the command passes it on.
        const error = errorThrownBy(() => server.seed(JSON.parse(JSON.stringify(json))));
        if (error === undefined) return;
        expect(error.message).toMatch(/^seed\b/);
        expect(error.constructor).toBe(Error);
        expect(server.snapshot()).toEqual(before);
      }),
      seeded(400),
    );
  });
});

describe("server.faults.load() with mutated faults", () => {
  it("adds them, or throws an error with the path of the mistake and adds nothing", () => {
    const server = createMockServer();
    fc.assert(
      fc.property(mutatedJson(faults), (json) => {
        server.faults.clear();
        const error = errorThrownBy(() => server.faults.load(JSON.parse(JSON.stringify(json))));
        if (error === undefined) return;
        expect(error.message).toMatch(/^faults\b/);
        expect(error.constructor).toBe(Error);
        expect(server.faults.all()).toEqual([]);
      }),
      seeded(600),
    );
  });
});

describe("server.restore() with a mutated snapshot", () => {
  const original = createMockServer();
  original.seed(seed);
  const { token } = original.vydon.signIn({ email: "ada@example.com" });
  const snapshot = JSON.parse(JSON.stringify(original.snapshot()));

  it("restores a working server, or throws an error with the path of the mistake and restores nothing", async () => {
    await fc.assert(
      fc.asyncProperty(mutatedJson(snapshot), async (json) => {
        const server = createMockServer();
        const before = server.snapshot();
        const error = errorThrownBy(() => server.restore(JSON.parse(JSON.stringify(json))));
        if (error !== undefined) {
          expect(error.message).toMatch(/^snapshot\b/);
          expect(error.constructor).toBe(Error);
          expect(server.snapshot()).toEqual(before);
          return;
        }
        const client = createClient(UserAccountService, server.transport());
        const call = client.getUserAccounts({}, { headers: { authorization: `Bearer ${token}` } });
        expect(
          await call.then(
            () => undefined,
            ({ code }) => code,
          ),
        ).not.toBe(Code.Internal);
      }),
      seeded(400),
    );
  });
});

describe("readArguments() with random arguments", () => {
  const words = fc.oneof(
    fc.constantFrom(
      ...[
        "mock",
        "--port",
        "-p",
        "--host",
        "--api",
        "vydon,ona",
        "--seed",
        "a.json",
        "--no-cloud",
        "--cloud=false",
      ],
      ...[
        "--latency",
        "1.5s",
        "--faults",
        "--record",
        "--admin",
        "--no-admin",
        "--lenient",
        "-h",
        "--",
        "-",
        "0",
        "70000",
      ],
    ),
    fc.string().map((text) => `--${text}`),
    fc.string(),
  );

  it("returns valid options or throws a UsageError", () => {
    fc.assert(
      fc.property(fc.array(words, { maxLength: 8 }), (argv) => {
        const error = errorThrownBy(() => {
          const { port, latencyMs } = readArguments(["mock", ...argv]);
          expect(port >= 0 && port < 65_536 && latencyMs >= 0).toBe(true);
        });
        if (error !== undefined) expect(error).toBeInstanceOf(UsageError);
      }),
      seeded(2_000),
    );
  });
});
