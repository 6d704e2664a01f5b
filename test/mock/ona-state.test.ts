import { gunzipSync } from "node:zlib";
import { OnaClient, PermissionDeniedError, UnauthenticatedError } from "tenantry";
import { createMockServer, type MockServer } from "tenantry/mock";
import { listen } from "tenantry/mock/node";
import { nodeTransport } from "tenantry/node";
import { describe, expect, it } from "vitest";
import { type Change, withRows } from "./seeded.js";

const email = "ada@example.com";

/** A server with Acme, whose admin is Ada. */
function seeded(options = {}): MockServer {
  const server = createMockServer(options);
  server.seed({
    ona: {
      organizations: [
        {
          name: "Acme",
          members: [
            { email, role: "admin", tokens: [{ token: "ada" }] },
            { email: "grace@example.com", tokens: [{ token: "grace", readOnly: true }] },
          ],
          domains: [{ domain: "example.com" }],
          creditUsage: [{ email, credits: 1.5 }],
        },
      ],
    },
  });
  return server;
}

const as = ({ fetch, clock }: MockServer, auth: string) =>
  new OnaClient({ baseUrl: "https://ona.mock", fetch, clock, auth });

describe("Ona's organizations", () => {
  it("are kept by a snapshot, with tokens, exchange tokens, files and page tokens", async () => {
    const server = seeded();
    const { id } = server.ona.organization("Acme");
    const ada = as(server, "ada");
    const { id: userId } = await ada.users.current();
    const { token } = await ada.tokens.create(userId, { description: "backup", validForMs: 3_600_000 });
    const { cursor } = await ada.members.list(id, { pageSize: 1 });
    const exchangeToken = server.ona.exchangeToken({ email, organization: id });
    const day = { from: new Date("2026-01-01"), to: new Date("2026-01-01") };
    const { url } = await ada.billing.exportUsage(id, day);

    const copy = createMockServer({ randomSeed: 99 });
    copy.restore(JSON.parse(JSON.stringify(server.snapshot())));
    expect((await as(copy, token).users.current()).id).toBe(userId);
    const [next] = await as(copy, "ada").members.list(id, { cursor }).toArray();
    expect(next?.name).toBe("Grace");
    await as(copy, "ada").identity.exchangeToken(exchangeToken);
    expect((await copy.fetch(url, { headers: { authorization: "Bearer ada" } })).status).toBe(200);
    const renamed = as(copy, "grace").organizations.update(id, { name: "Other" });
    await expect(renamed).rejects.toBeInstanceOf(PermissionDeniedError);
    copy.clock.advance("1h");
    await expect(as(copy, token).users.current()).rejects.toBeInstanceOf(UnauthenticatedError);
  });

  it("are independent in a fork", async () => {
    const server = seeded();
    const { id } = server.ona.organization("Acme");
    const fork = server.fork();
    await as(fork, "ada").organizations.delete(id);
    expect(() => fork.ona.organization("Acme")).toThrow("there is no organization");
    expect((await as(server, "ada").organizations.get(id)).name).toBe("Acme");
    expect(await as(server, "ada").domains.list(id).toArray()).toHaveLength(1);
  });

  it("are deleted with everything in them, and a strict server finds nothing left", async () => {
    const server = seeded({ strict: true });
    const { id } = server.ona.organization("Acme");
    const day = new Date("2026-01-01");
    await as(server, "ada").billing.exportUsage(id, { from: day, to: day });
    const tablesWithIt = () =>
      Object.entries(server.snapshot().apis["ona"] ?? {})
        .filter(([, rows]) => JSON.stringify(rows).includes(id))
        .map(([table]) => table);
    expect(tablesWithIt()).toEqual(expect.arrayContaining(["members", "domains", "creditUsage", "exports"]));
    await as(server, "ada").organizations.delete(id);
    expect(tablesWithIt()).toEqual([]);
  });

  it("are restored by a reset, and the error for a token from before the reset explains that", async () => {
    const server = seeded();
    const { id } = server.ona.organization("Acme");
    const ada = as(server, "ada");
    const { id: userId } = await ada.users.current();
    const { token } = await ada.tokens.create(userId, { description: "backup" });
    await ada.organizations.update(id, { name: "Other" });
    await ada.users.delete(server.ona.member(id, "grace@example.com").userId);
    server.reset();
    expect((await as(server, "ada").organizations.get(id)).name).toBe("Acme");
    expect((await as(server, "grace").users.current()).name).toBe("Grace");
    await expect(as(server, token).users.current()).rejects.toThrow("from before server.reset()");
  });

  it("have a file of credits, which a listener serves", async () => {
    const server = seeded();
    await using listener = await listen(server);
    const ada = new OnaClient({ baseUrl: listener.url, auth: "ada" });
    const { id } = server.ona.organization("Acme");
    const day = { from: new Date("2026-01-01"), to: new Date("2026-01-01") };
    const { url } = await ada.billing.exportUsage(id, day);
    const load = (token: string) => fetch(url, { headers: { authorization: `Bearer ${token}` } });
    const response = await load("ada");
    expect(response.headers.get("content-type")).toBe("application/gzip");
    expect(gunzipSync(await response.arrayBuffer()).toString()).toMatch(/Ada,environment,1\.5\r\n$/);
    expect((await load("grace")).status).toBe(403);

    await using transport = nodeTransport({ baseUrl: listener.url, protocol: "grpc" });
    const overGrpc = new OnaClient({ transport, auth: "ada" });
    expect((await overGrpc.billing.exportUsage(id, day)).url).toMatch(`${listener.url}/`);
  });
});

describe("a strict server refuses a snapshot of Ona", () => {
  it.each<[string, string, string, Change]>([
    ["lost its last admin", "organizations", "members", (row) => ({ ...row, role: "member" })],
    ["lost its last admin", "organizations", "members", (row) => ({ ...row, status: "suspended" })],
    ["its user has left or no longer exists", "sessions", "members", (row) => ({ ...row, status: "left" })],
    ["its user has left or no longer exists", "sessions", "members", () => undefined],
    ["its user no longer exists", "tokens", "members", () => undefined],
    ["its organization no longer exists", "domains", "organizations", () => undefined],
    ["its organization no longer exists", "creditUsage", "organizations", () => undefined],
    ["its organization no longer exists", "exports", "organizations", () => undefined],
    ["its organization no longer exists", "members", "organizations", () => undefined],
    ["the organization that owns it no longer exists", "accounts", "organizations", () => undefined],
    ["its account no longer exists", "members", "accounts", () => undefined],
    [
      "it is blocked, but has running environments or paid subscriptions",
      "accounts",
      "accounts",
      (row) => ({ ...row, blockedFor: "spam", environments: 1 }),
    ],
    [
      "it is blocked, but has running environments or paid subscriptions",
      "accounts",
      "accounts",
      (row) => ({ ...row, blockedFor: "spam", subscriptions: 1 }),
    ],
  ])("in which: %s (%s, by a change of %s)", async (what, table, changes, change) => {
    const server = seeded({ strict: true });
    const { id: organizationId } = server.ona.organization("Acme");
    server.seed({ ona: { accounts: [{ email: "hedy@example.com", organizationId }] } });
    const day = new Date("2026-01-01");
    await as(server, "ada").billing.exportUsage(organizationId, { from: day, to: day });
    const before = server.snapshot();
    const restore = () => server.restore(withRows(before, "ona", changes, change));
    expect(restore).toThrow(new RegExp(`ona\\.${table} [^:]+: [^;]*${what}`));
    expect(server.snapshot()).toEqual(before);
  });

  it("but not one with a blocked account that runs nothing, or with an organization that never had an admin", () => {
    const server = seeded({ strict: true });
    server.ona.addOrganization({ name: "Labs", members: [{ email: "grace@example.com" }] });
    server.ona.setBlocked("grace@example.com", "spam");
    const copy = createMockServer({ strict: true });
    copy.restore(server.snapshot());
    expect(copy.snapshot().apis).toEqual(server.snapshot().apis);
  });
});
