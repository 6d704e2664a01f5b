import { createMockServer, type MockSeed } from "tenantry/mock";
import { describe, expect, it } from "vitest";

const email = "ada.lovelace@example.com";
const id = "00000000-0000-4000-8000-000000000001";
const day = 86_400_000;

/** Returns the rows that a new server has after this seed, and the time of its clock. */
function rowsOf<Api extends keyof MockSeed>(api: Api, seed: NonNullable<MockSeed[Api]>) {
  const server = createMockServer({ strict: true });
  server.seed({ [api]: seed });
  return { rows: server.snapshot().apis[api], now: server.clock.now() };
}

describe("a seed with only names and emails", () => {
  it("has the documented defaults at Vydon", () => {
    const members = [{ email }];
    const invites = [{ email: "grace@example.com" }];
    const { rows, now } = rowsOf("vydon", {
      users: [{ email }],
      accounts: [{ name: "acme", members, invites, apiKeys: [{}] }],
      workerKeys: ["worker"],
    });
    expect(rows).toMatchObject({
      identities: [{ email, name: "Ada Lovelace", image: "" }],
      // The second one is the user of the API key.
      users: [{ email, name: "Ada Lovelace" }, { email: "" }],
      accounts: [{ name: "acme", type: "team", createdAt: now, subscription: "none" }],
      members: [{ role: "admin" }],
      invites: [{ role: null, accepted: false, createdAt: now, expiresAt: now + day }],
      apiKeys: [{ createdAt: now }],
      sessions: [
        { who: { kind: "api_key" }, expiresAt: null },
        { id: "worker", who: { kind: "worker_key" }, expiresAt: null },
      ],
    });
  });

  it("has the documented defaults at Ona", () => {
    const members = [{ email, tokens: [{}] }];
    const { rows, now } = rowsOf("ona", {
      accounts: [{ email }],
      organizations: [
        { name: "Acme", members, domains: [{ domain: "Acme.com" }], creditUsage: [{ email, credits: 1.5 }] },
      ],
      sso: [{ domain: "Acme.com" }],
      providers: [{ provider: "github" }, { provider: "custom" }],
    });
    expect(rows).toMatchObject({
      accounts: [
        {
          name: "Ada Lovelace",
          avatarUrl: "",
          createdAt: now,
          updatedAt: now,
          organizationId: null,
          loginProvider: "github",
          blockedFor: null,
        },
      ],
      organizations: [
        { tier: "core", inviteDomains: [], inviteId: null, createdAt: now, creditsEnabled: true },
      ],
      members: [{ role: "member", status: "active", creditBudget: null }],
      tokens: [{ description: "seeded", readOnly: false, expiresAt: null }],
      domains: [{ domain: "acme.com", verifiedAt: now }],
      creditUsage: [{ credits: 1.5, type: "environment", resource: "environment", at: now }],
      sso: [
        {
          domain: "acme.com",
          displayName: "acme.com",
          loginUrl: expect.stringMatching(/^https:\/\/login\.ona\.mock\/sso\/./),
        },
      ],
      providers: [
        { provider: "github", loginUrl: "", inviteId: null, domain: null },
        { provider: "custom", loginUrl: expect.stringMatching(/^https:\/\/login\.ona\.mock\/custom\/./) },
      ],
    });
  });

  it("has the documented defaults at FAM", () => {
    const accounts = [
      {
        name: "acme",
        members: [{ email }],
        invites: [{ email: "grace@example.com" }],
        cards: [{}],
        accounts: [{ name: "below" }],
      },
    ];
    const { rows, now } = rowsOf("fam", { users: [{ email }], accounts });
    const account = { type: "ad_account", status: "unverified", createdAt: now, updatedAt: now };
    expect(rows).toMatchObject({
      users: [{ email, firstName: "Ada", lastName: "Lovelace", rootPermissions: [] }],
      accounts: [
        { name: "acme", ...account },
        { name: "below", ...account },
      ],
      members: [{ relations: ["owner"], createdAt: now }],
      invites: [{ relations: ["member"], status: "pending", createdAt: now, expiresAt: now + 7 * day }],
      cards: [{ brand: "visa", last4: "4242", expMonth: 12, primary: true }],
    });
    expect(rows?.["invites"]?.[0]).toMatchObject({ inviterUserId: rows?.["users"]?.[0]?.id });
  });
});

describe("a seed with every field", () => {
  const grace = { email: "grace@example.com" };
  const createdAt = "2025-06-01";
  const created = Date.UTC(2025, 5, 1);

  it("is stored as given at Vydon", () => {
    const person = { email, name: "Ada", image: "https://example.com/ada.png" };
    const account = { name: "acme", id, type: "enterprise", subscription: "unpaid" } as const;
    const { rows, now } = rowsOf("vydon", {
      users: [{ ...person, id, token: "ada" }],
      accounts: [
        {
          ...account,
          createdAt,
          billed: false,
          members: [{ ...grace, role: "job_viewer" }, { email }],
          invites: [
            {
              email: "eve@example.com",
              role: "job_executor",
              token: "for-eve",
              from: email,
              expiresIn: "2h",
            },
          ],
          apiKeys: [{ name: "nightly-sync", token: "key", expiresIn: "1d" }],
        },
      ],
    });
    expect(rows).toMatchObject({
      identities: [{ ...person, userId: id }, grace],
      users: [{ ...person, id }, grace, {}],
      accounts: [{ ...account, createdAt: created, stripeCustomerId: null }],
      members: [{ role: "job_viewer" }, { userId: id, role: "admin" }],
      invites: [
        {
          email: "eve@example.com",
          role: "job_executor",
          token: "for-eve",
          senderUserId: id,
          expiresAt: now + day / 12,
        },
      ],
      apiKeys: [{ name: "nightly-sync" }],
      sessions: [
        { id: "ada", who: { kind: "user", userId: id, email }, expiresAt: null },
        { id: "key", who: { kind: "api_key" }, expiresAt: now + day },
      ],
    });
  });

  it("is stored as given at Ona", () => {
    const person = {
      email,
      name: "Ada",
      id,
      avatarUrl: "https://example.com/ada.png",
      organizationId: id,
      loginProvider: "google",
    };
    const { rows, now } = rowsOf("ona", {
      accounts: [
        { ...person, createdAt, token: "ada" },
        { ...grace, blocked: true },
      ],
      organizations: [
        {
          name: "Acme",
          id,
          domain: "Acme.com",
          inviteId: id,
          createdAt,
          tier: "enterprise",
          members: [
            {
              email,
              role: "admin",
              status: "suspended",
              userId: id,
              creditBudget: 9,
              tokens: [{ token: "pat", id, description: "report", readOnly: true, expiresIn: "1d" }],
            },
          ],
          domains: [{ domain: "acme.com", id, verified: false }],
          creditsEnabled: false,
          creditUsage: [{ email, credits: 2, type: "agentic", at: createdAt, resource: "chat" }],
        },
      ],
      sso: [{ domain: "acme.com", displayName: "Acme", loginUrl: "https://sso.example.com/" }],
      providers: [
        { provider: "google", loginUrl: "https://login.example.com/", inviteId: id, domain: "Acme.com" },
      ],
    });
    expect(rows).toMatchObject({
      accounts: [
        { ...person, createdAt: created, updatedAt: created, blockedFor: null },
        // The reason for a block.
        { ...grace, blockedFor: "seeded" },
      ],
      organizations: [
        {
          name: "Acme",
          id,
          inviteDomains: ["acme.com"],
          inviteId: id,
          createdAt: created,
          tier: "enterprise",
          creditsEnabled: false,
        },
      ],
      members: [{ role: "admin", status: "suspended", userId: id, creditBudget: 9 }],
      tokens: [{ id, description: "report", readOnly: true, expiresAt: now + day }],
      domains: [{ domain: "acme.com", id, verifiedAt: null }],
      creditUsage: [{ credits: 2, type: "agentic", at: created, resource: "chat" }],
      sso: [{ domain: "acme.com", displayName: "Acme", loginUrl: "https://sso.example.com/" }],
      providers: [
        { provider: "google", loginUrl: "https://login.example.com/", inviteId: id, domain: "acme.com" },
      ],
      sessions: [
        { id: "ada", who: { kind: "account", accountId: id }, expiresAt: null },
        { id: "pat", who: { kind: "user", tokenId: id, readOnly: true }, expiresAt: now + day },
      ],
    });
  });

  it("is stored as given at FAM", () => {
    const ulid = "01ARZ3NDEKTSV4RRFFQ69G5FA0";
    const person = { email, firstName: "Countess", lastName: "Ada", id: ulid, rootPermissions: ["read"] };
    const account = { name: "acme", id: ulid, type: "agency", status: "pending" } as const;
    const invite = { email: "eve@example.com", relations: ["buyer"], token: "for-eve" };
    const cards = [
      { brand: "amex", last4: "0005", expMonth: 1, expYear: 2031, name: "Ada" },
      { brand: "visa", last4: "0006", expMonth: 2, expYear: 2032, name: "Grace" },
    ];
    const { rows, now } = rowsOf("fam", {
      users: [{ ...person, token: "ada" }],
      accounts: [
        {
          ...account,
          createdAt,
          members: [{ ...grace, relations: ["admin", "buyer"] }],
          invites: [{ ...invite, from: email, expiresIn: "1d" }],
          cards,
          accounts: [{ name: "below", accounts: [{ name: "lowest" }] }],
        },
      ],
    });
    expect(rows).toMatchObject({
      users: [person, grace],
      sessions: [{ id: "ada", who: { kind: "user", userId: ulid }, expiresAt: null }],
      accounts: [
        { ...account, createdAt: created, updatedAt: created, hierarchy: [ulid] },
        { name: "below", hierarchy: [ulid, expect.any(String)] },
        { name: "lowest", hierarchy: [ulid, expect.any(String), expect.any(String)] },
      ],
      members: [{ relations: ["admin", "buyer"], createdAt: created }],
      invites: [{ ...invite, inviterUserId: ulid, expiresAt: now + day }],
      cards: [
        { ...cards[0], primary: true },
        { ...cards[1], primary: false },
      ],
    });
  });
});

describe("a seed with empty texts", () => {
  it("accepts them where `signIn` and the APIs do: a person may have no name", () => {
    const vydon = rowsOf("vydon", { users: [{ email, name: "", image: "" }] }).rows;
    expect(vydon).toMatchObject({ identities: [{ name: "", image: "" }] });

    const members = [{ email, tokens: [{ description: "" }] }];
    const ona = rowsOf("ona", {
      accounts: [{ email, name: "", avatarUrl: "" }],
      organizations: [{ name: "Acme", members }],
    }).rows;
    expect(ona).toMatchObject({
      accounts: [{ name: "", avatarUrl: "" }],
      tokens: [{ description: "" }],
    });

    const fam = rowsOf("fam", {
      users: [{ email, firstName: "", lastName: "" }],
      accounts: [{ name: "acme", cards: [{ name: "" }] }],
    }).rows;
    expect(fam).toMatchObject({ users: [{ firstName: "", lastName: "" }], cards: [{ name: "" }] });
  });
});
