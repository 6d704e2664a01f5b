import { FamClient } from "tenantry";
import { createMockServer, type MockServer } from "tenantry/mock";
import { describe, expect, it } from "vitest";
import { type Change, withRows } from "./seeded.js";

const [ada, grace] = ["ada@example.com", "grace@example.com"];

/** A server with an agency of Ada, and an account below it with an open invite and two cards. */
function seeded(options = {}): MockServer {
  const server = createMockServer(options);
  const below = {
    name: "Client",
    members: [{ email: ada }],
    invites: [{ email: grace, token: "for-grace" }],
    cards: [{ last4: "1111" }, { last4: "2222" }],
  };
  server.seed({
    fam: { accounts: [{ name: "Agency", type: "agency", members: [{ email: ada }], accounts: [below] }] },
  });
  return server;
}

describe("FAM's accounts", () => {
  it("go through a snapshot, with invites, cards and refresh tokens", async () => {
    const server = seeded();
    const { refreshToken } = server.fam.signIn({ email: ada });
    const copy = createMockServer({ randomSeed: 99 });
    copy.restore(JSON.parse(JSON.stringify(server.snapshot())));

    const { id } = copy.fam.account("Client");
    expect(copy.fam.account("Client")).toEqual(server.fam.account("Client"));
    const { accessToken: auth } = copy.fam.refresh(refreshToken);
    const client = new FamClient({ baseUrl: "https://fam.mock", fetch: copy.fetch, clock: copy.clock, auth });
    await client.invites.accept({ token: "for-grace", password: "correct horse" });
    expect(await client.members.list(id).toArray()).toHaveLength(2);
    const { paymentConfigurationId } = await client.billing.getPaymentConfiguration(id);
    const cards = await client.billing.listCards(paymentConfigurationId).toArray();
    expect(cards.map(({ last4, primary }) => [last4, primary])).toEqual([
      ["1111", true],
      ["2222", false],
    ]);
  });

  it("return to a snapshot between two pages of a search, and the search goes on", async () => {
    const server = seeded({ fam: { perPage: 1 } });
    const client = new FamClient(server.fam.signIn({ email: ada }).connect());
    const { id } = server.fam.account("Client");
    const before = server.snapshot();
    const emails: string[] = [];
    for await (const { email } of client.members.search(id)) {
      emails.push(email);
      if (emails.length > 1) continue;
      await client.accounts.delete(id);
      server.restore(before);
    }
    expect(emails).toEqual([ada, grace]);
  });

  it("a call fails with the reason if its token is from after the snapshot that the server returned to", async () => {
    const server = seeded();
    const before = server.snapshot();
    const session = server.fam.signIn({ email: ada });
    server.restore(before);
    const call = new FamClient(session.connect()).accounts.permissions();
    await expect(call).rejects.toThrow("from before server.reset() or server.restore()");
    expect(() => server.fam.refresh(session.refreshToken)).toThrow("from before server.reset()");
  });
});

/** Changes the row with this name only. */
const named = (name: string, change: Change): Change => {
  return (row, index) => (row["name"] === name ? change(row, index) : row);
};

describe("a strict server refuses a snapshot of FAM", () => {
  it.each<[string, string, string, Change]>([
    [
      "its hierarchy does not end with its own id",
      "accounts",
      "accounts",
      (row) => ({ ...row, hierarchy: [] }),
    ],
    ["an account above it no longer exists", "accounts", "accounts", named("Agency", () => undefined)],
    ["its account no longer exists", "members", "accounts", named("Client", () => undefined)],
    ["its account no longer exists", "invites", "accounts", named("Client", () => undefined)],
    ["its account no longer exists", "paymentConfigurations", "accounts", named("Client", () => undefined)],
    ["its user no longer exists", "members", "users", () => undefined],
    ["it has 0 payment configurations", "accounts", "paymentConfigurations", () => undefined],
    ["its payment configuration no longer exists", "cards", "paymentConfigurations", () => undefined],
    ["0 of its cards are primary", "paymentConfigurations", "cards", (row) => ({ ...row, primary: false })],
    ["2 of its cards are primary", "paymentConfigurations", "cards", (row) => ({ ...row, primary: true })],
    [
      "grace@example.com accepted it, but is not a member",
      "invites",
      "invites",
      (row) => ({ ...row, status: "accepted" }),
    ],
  ])("in which: %s (%s)", (what, table, changes, change) => {
    const server = seeded({ strict: true });
    const before = server.snapshot();
    const restore = () => server.restore(withRows(before, "fam", changes, change));
    expect(restore).toThrow(new RegExp(`fam\\.${table} \\w+: ${what}`));
    expect(server.snapshot()).toEqual(before);
  });

  it("in which an account has two payment configurations", () => {
    const server = seeded({ strict: true });
    const { id } = server.fam.account("Agency");
    const both = withRows(server.snapshot(), "fam", "paymentConfigurations", (row) => ({
      ...row,
      accountId: id,
    }));
    expect(() => server.restore(both)).toThrow(`fam.accounts ${id}: it has 2 payment configurations`);
  });

  it("but not one in which a member who accepted an invite was removed before", () => {
    const server = seeded({ strict: true });
    const accepted = withRows(server.snapshot(), "fam", "invites", (row) => ({ ...row, status: "accepted" }));
    const lax = createMockServer();
    lax.restore(accepted);
    const copy = createMockServer({ strict: true });
    copy.restore(lax.snapshot());
    expect(copy.snapshot()).toEqual(lax.snapshot());
  });
});
