import fc from "fast-check";
import { FamClient, OnaClient, VydonClient } from "tenantry";
import { createMockServer, type MockSeed, type MockServer } from "tenantry/mock";
import { describe, expect, it } from "vitest";
import { readArguments } from "../../src/mock/node/command/arguments.js";
import { UsageError } from "../../src/mock/node/command/parse-options.js";
import { seeded } from "../support/seeded.js";
import { mutatedJson } from "./mutate.js";

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
        apiKeys: [{ token: "key", expiresIn: "30d" }],
      },
    ],
    workerKeys: ["worker"],
  },
  ona: {
    accounts: [
      { email: "ada@example.com", name: "Ada", createdAt: "2026-01-01T00:00:00Z", token: "ona-token" },
    ],
    organizations: [
      {
        name: "Acme",
        tier: "enterprise",
        members: [
          {
            email: "ada@example.com",
            role: "admin",
            creditBudget: 10,
            tokens: [{ token: "pat", description: "report", readOnly: true, expiresIn: "1d" }],
          },
        ],
        domains: [{ domain: "example.com", verified: false }],
        creditUsage: [{ email: "ada@example.com", credits: 1.5, at: "2026-01-01T00:00:00Z", resource: "vm" }],
      },
    ],
    sso: [{ domain: "example.com", displayName: "Example" }],
    providers: [{ provider: "github", loginUrl: "https://example.com/login" }],
  },
  fam: {
    users: [{ email: "ada@example.com", firstName: "Ada", rootPermissions: ["read"], token: "fam-token" }],
    accounts: [
      {
        name: "acme",
        members: [{ email: "ada@example.com", relations: ["owner"] }],
        invites: [{ email: "grace@example.com", relations: ["admin"], token: "secret", expiresIn: "12h" }],
        cards: [{ brand: "visa", last4: "4242", expMonth: 12, expYear: 2030 }],
        accounts: [{ name: "below" }],
      },
    ],
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
  const email = "ada@example.com";
  const tokens = {
    vydon: original.vydon.signIn({ email }).token,
    ona: original.ona.signIn({ email, organization: "Acme" }).token,
    fam: original.fam.signIn({ email }).token,
  };
  const ids = {
    vydon: original.vydon.account("acme").id,
    ona: original.ona.organization("Acme").id,
    fam: original.fam.account("acme").id,
  };
  const snapshot = JSON.parse(JSON.stringify(original.snapshot()));

  /** Reads every list of a server. Returns the codes of the errors. */
  async function codesOfReads({ fetch }: MockServer): Promise<unknown[]> {
    const options = { baseUrl: "https://api.example.com", fetch, retry: false } as const;
    const vydon = new VydonClient({ ...options, auth: tokens.vydon });
    const ona = new OnaClient({ ...options, auth: tokens.ona });
    const fam = new FamClient({ ...options, auth: tokens.fam });
    const reads = [
      vydon.accounts.list().toArray(),
      vydon.members.list(ids.vydon).toArray(),
      vydon.invites.list(ids.vydon).toArray(),
      vydon.apiKeys.list(ids.vydon).toArray(),
      vydon.billing.validity(ids.vydon),
      ona.accounts.get(),
      ona.organizations.get(ids.ona),
      ona.members.list(ids.ona).toArray(),
      ona.domains.list(ids.ona).toArray(),
      ona.tokens.list().toArray(),
      ona.billing.listUserUsage(ids.ona).toArray(),
      fam.accounts.list().toArray(),
      fam.members.search(ids.fam).toArray(),
      fam.invites.list(ids.fam).toArray(),
    ];
    const results = await Promise.allSettled(reads);
    return results.flatMap((result) => (result.status === "rejected" ? [result.reason.code] : []));
  }

  it("restores a working server, or throws an error with the path of the mistake and restores nothing", async () => {
    expect(await codesOfReads(original)).toEqual([]);
    await fc.assert(
      fc.asyncProperty(mutatedJson(snapshot), async (json) => {
        const server = createMockServer();
        const before = server.snapshot();
        const error = errorThrownBy(() => server.restore(JSON.parse(JSON.stringify(json))));
        if (error === undefined) {
          expect(await codesOfReads(server)).not.toContain("internal");
          return;
        }
        expect(error.message).toMatch(/^snapshot\b/);
        expect(error.constructor).toBe(Error);
        expect(server.snapshot()).toEqual(before);
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
