import { gunzipSync } from "node:zlib";
import { OnaClient } from "tenantry";
import { describe, expect, it } from "vitest";
import { openWorld } from "../world.js";
import { addAcme, clientOf, codeOf } from "./people.js";

// GetCreditUsageExport.

const [ada, grace] = ["ada@example.com", "grace@example.com"];

describe("Ona's GetCreditUsageExport", () => {
  const world = openWorld({ strict: true });
  const from = new Date("2026-01-01");
  const to = new Date("2026-01-02");

  function signIn(email: string, organization: string) {
    const { token, connect } = world.server.ona.signIn({ email, organization });
    const load = (url: string) => world.server.fetch(url, { headers: { authorization: `Bearer ${token}` } });
    return { billing: new OnaClient(connect()).billing, load };
  }

  async function linesOf(response: Response): Promise<string[]> {
    expect(response.status).toBe(200);
    return gunzipSync(await response.arrayBuffer())
      .toString()
      .trimEnd()
      .split("\r\n");
  }

  it("returns a URL to a gzipped CSV file with a line for each user and day", async () => {
    const id = addAcme(world, {
      creditUsage: [
        { email: grace, credits: 4, at: "2026-01-02T23:59:59.999Z", type: "agentic" },
        { email: grace, credits: 16, at: "2025-12-31T23:59:59.999Z" },
        { email: grace, credits: 1.5, resource: "api" },
        { email: grace, credits: 2, resource: 'the "web", new' },
        { email: grace, credits: 8, at: "2026-01-03" },
      ],
    });
    const { billing, load } = signIn(ada, id);
    const { userId } = world.server.ona.member(id, grace);
    const { url } = await billing.exportUsage(id, { from, to });
    const file = await load(url);
    expect(file.headers.get("content-disposition")).toBe("attachment; filename=usage.csv.gz");
    expect(await linesOf(file)).toEqual([
      "date,user_id,user,usage_type,credits",
      `2026-01-01,${userId},Grace,environment,3.5`,
      `2026-01-02,${userId},Grace,agentic,4`,
    ]);
    const byResource = await billing.exportUsage(id, { from, to: from, groupBy: "resource" });
    const lines = await linesOf(await load(byResource.url));
    expect(lines[0]).toBe("date,user_id,user,usage_type,resource_id,resource,credits");
    expect(lines[2]).toMatch(/,environment,[0-9a-f-]{36},"the ""web"", new",2$/);
  });

  it("returns a URL that works for five minutes, with the token of the user who called it", async () => {
    const id = addAcme(world);
    const { billing, load } = signIn(ada, id);
    const { url } = await billing.exportUsage(id, { from, to });
    expect((await world.server.fetch(url)).status).toBe(401);
    expect((await signIn(grace, id).load(url)).status).toBe(403);
    world.server.clock.advance("4m 59s");
    expect((await load(url)).status).toBe(200);
    world.server.clock.advance("1s");
    expect((await load(url)).status).toBe(410);
  });

  it("returns a URL that does not work while the account is blocked", async () => {
    const id = addAcme(world);
    const { billing, load } = signIn(ada, id);
    const { url } = await billing.exportUsage(id, { from, to });
    world.server.ona.setBlocked(ada, "spam");
    expect((await load(url)).status).toBe(403);
  });

  it("returns a URL that accepts only GET, and another file name is HTTP 404", async () => {
    const id = addAcme(world);
    const { billing, load } = signIn(ada, id);
    const { url } = await billing.exportUsage(id, { from, to });
    const post = await world.server.fetch(url, { method: "POST" });
    expect([post.status, post.headers.get("allow")]).toEqual([405, "GET"]);
    const unknown = await load(`${url}0`);
    expect([unknown.status, await unknown.text()]).toEqual([404, "there is no such file\n"]);
    expect(unknown.headers.get("content-type")).toBe("text/plain");
  });

  it("returns a URL whose use counts as a use of the personal access token", async () => {
    const members = [{ email: ada, role: "admin" as const, tokens: [{ token: "ada" }] }];
    const id = addAcme(world, { members });
    const { billing } = signIn(ada, id);
    const { url } = await billing.exportUsage(id, { from, to });
    world.server.clock.advance("1m");
    await world.server.fetch(url, { headers: { authorization: "Bearer ada" } });
    const [token] = await clientOf(world, "ada", id).tokens.list().toArray();
    expect(token?.lastUsed).toEqual(new Date("2026-01-01T00:01:00Z"));
  });

  it("returns a new URL each time, and covers at most a year", async () => {
    const id = addAcme(world);
    const { billing } = signIn(ada, id);
    const make = (to: string) => billing.exportUsage(id, { from, to: new Date(to) });
    expect(await make("2026-12-31")).not.toEqual(await make("2026-12-31"));
    expect(await codeOf(make("2027-01-02"))).toBe("invalid_argument");
  });

  it('fails with failed_precondition for `groupBy: "resource"` if the organization uses no credits', async () => {
    const id = addAcme(world, { creditsEnabled: false });
    const { billing } = signIn(ada, id);
    await billing.exportUsage(id, { from, to });
    expect(await codeOf(billing.exportUsage(id, { from, to, groupBy: "resource" }))).toBe(
      "failed_precondition",
    );
  });
});
