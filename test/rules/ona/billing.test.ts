import { gunzipSync } from "node:zlib";
import { describe, expect, it } from "vitest";
import { OnaClient } from "../../../src/index.js";
import { openWorld } from "../world.js";
import { addAcme, clientOf, codeOf } from "./people.js";

// GetCreditUsageExport, GetCumulativeCreditUsage, ListEnterpriseUserCreditUsage.

const [ada, grace, barbara] = ["ada@example.com", "grace@example.com", "barbara@example.com"];

describe("Ona's credits in the billing period", () => {
  const world = openWorld({ strict: true });
  const userId = (name: string) => world.server.ona.member("Acme", `${name}@example.com`).userId;

  it("GetCumulativeCreditUsage returns the usage from the first of the month to now", async () => {
    const id = addAcme(world, {
      creditUsage: [
        { email: grace, credits: 100, at: "2026-01-31T23:59:59Z" },
        { email: grace, credits: 1.5, at: "2026-02-01" },
        { email: ada, credits: 2, at: "2026-02-10", type: "agentic" },
        { email: ada, credits: 50, at: "2026-02-11" },
      ],
    });
    world.server.clock.set("2026-02-10");
    const usage = await clientOf(world, "ada", id).billing.cumulativeUsage(id);
    const all = {
      totalCredits: 3.5,
      usageByType: [
        { usageType: "environment", credits: 1.5 },
        { usageType: "agentic", credits: 2 },
      ],
    };
    expect(usage).toMatchObject({
      orgUsage: all,
      unteamedUsage: all,
      teamUsage: [],
      periodStart: new Date("2026-02-01"),
    });
    expect(
      usage.userUsage.map(({ displayName, monthToDateUsage }) => [
        displayName,
        monthToDateUsage?.totalCredits,
      ]),
    ).toEqual([
      ["Ada", 2],
      ["Grace", 1.5],
    ]);
  });

  it("GetCumulativeCreditUsage with `asOf` returns the usage of that month up to that time", async () => {
    const id = addAcme(world, { creditUsage: [{ email: grace, credits: 100, at: "2026-01-31" }] });
    world.server.clock.set("2026-02-10");
    const { billing } = clientOf(world, "ada", id);
    const until = async (asOf: string) => {
      const { orgUsage, periodStart } = await billing.cumulativeUsage(id, { asOf: new Date(asOf) });
      return [orgUsage?.totalCredits, periodStart?.toISOString().slice(0, 10)];
    };
    expect(await until("2026-01-30")).toEqual([0, "2026-01-01"]);
    expect(await until("2026-01-31")).toEqual([100, "2026-01-01"]);
    expect(await until("2026-02-10")).toEqual([0, "2026-02-01"]);
    expect(await until("0031-05-06")).toEqual([0, "0031-05-01"]);
  });

  it("ListEnterpriseUserCreditUsage returns the highest usage first, in pages with a total", async () => {
    const id = addAcme(world);
    for (const [email, credits] of [
      [grace, 1],
      [ada, 2],
      [barbara, 3],
    ] as const) {
      world.server.ona.useCredits("Acme", { email, credits });
    }
    const { billing } = clientOf(world, "ada", id);
    const pages: unknown[] = [];
    for await (const { items, total } of billing.listUserUsage(id, {}, { pageSize: 2 }).pages()) {
      pages.push([items.map(({ displayName }) => displayName), total]);
    }
    expect(pages).toEqual([
      [["Barbara", "Ada"], 3],
      [["Grace"], 3],
    ]);
  });

  it("ListEnterpriseUserCreditUsage returns each user's budget, and sorts by any of its fields", async () => {
    const members = [
      { email: ada, role: "admin" as const, creditBudget: 100 },
      { email: grace, creditBudget: 10 },
      { email: barbara },
    ];
    const id = addAcme(world, {
      members,
      creditUsage: [
        { email: grace, credits: 12 },
        { email: ada, credits: 25 },
        { email: barbara, credits: 1 },
      ],
    });
    const { billing } = clientOf(world, "ada", id);
    const list = (sort?: NonNullable<Parameters<typeof billing.listUserUsage>[1]>["sort"]) =>
      billing.listUserUsage(id, { sort }).toArray();
    expect(await list({ field: "budget_used", descending: true })).toMatchObject([
      {
        displayName: "Grace",
        creditBudget: 10,
        budgetSource: "user",
        utilizationPercent: 120,
        overBudget: true,
      },
      {
        displayName: "Ada",
        creditBudget: 100,
        budgetSource: "user",
        utilizationPercent: 25,
        overBudget: false,
      },
      { displayName: "Barbara", budgetSource: "none", utilizationPercent: 0, overBudget: false },
    ]);
    const names = async (...sort: Parameters<typeof list>) =>
      (await list(...sort)).map(({ displayName }) => displayName);
    expect(await names({ field: "budget" })).toEqual(["Grace", "Ada", "Barbara"]);
    expect(await names({ field: "budget", descending: true })).toEqual(["Ada", "Grace", "Barbara"]);
    expect(await names({ field: "budget_used" })).toEqual(["Ada", "Grace", "Barbara"]);
    expect(await names({ field: "display_name" })).toEqual(["Ada", "Barbara", "Grace"]);
    expect(await names({ field: "usage" })).toEqual(["Barbara", "Grace", "Ada"]);
    expect(await names()).toEqual(["Ada", "Grace", "Barbara"]);
    world.server.ona.setCreditBudget("Acme", grace, null);
    expect((await list())[1]).not.toHaveProperty("creditBudget");
  });

  it("ListEnterpriseUserCreditUsage orders users with the same usage by id", async () => {
    const creditUsage = [ada, grace, barbara].map((email) => ({ email, credits: 1 }));
    const id = addAcme(world, { creditUsage });
    const users = await clientOf(world, "ada", id).billing.listUserUsage(id).toArray();
    const ids = users.map(({ userId }) => userId);
    expect(ids).toEqual([...ids].sort());
  });

  it("ListEnterpriseUserCreditUsage fails with invalid_argument for a page token of another `asOf`", async () => {
    const creditUsage = [ada, grace].map((email) => ({ email, credits: 1 }));
    const id = addAcme(world, { creditUsage });
    const { billing } = clientOf(world, "ada", id);
    const asOf = new Date("2026-01-02");
    const { cursor } = await billing.listUserUsage(id, { asOf }, { pageSize: 1 });
    await billing.listUserUsage(id, { asOf }, { cursor });
    const later = billing.listUserUsage(id, { asOf: new Date("2026-01-03") }, { cursor });
    expect(await codeOf(later.first())).toBe("invalid_argument");
  });

  it("ListEnterpriseUserCreditUsage with more than 10,000 users sorts by usage only", async () => {
    const members = Array.from({ length: 10_000 }, (_, index) => ({ email: `user-${index}@example.com` }));
    const id = addAcme(world, { members: [{ email: ada, role: "admin" }, ...members] });
    const { billing } = clientOf(world, "ada", id);
    const by = (field: "usage" | "budget") => billing.listUserUsage(id, { sort: { field } }).first();
    await by("usage");
    expect(await codeOf(by("budget"))).toBe("failed_precondition");
  });

  it("ListEnterpriseUserCreditUsage returns only users with usage in this month, including users who left", async () => {
    const id = addAcme(world, { creditUsage: [{ email: grace, credits: 1 }] });
    const { billing, members } = clientOf(world, "ada", id);
    for (const name of ["grace", "barbara"]) await members.remove(id, userId(name));
    const first = async () => {
      for await (const { items, total } of billing.listUserUsage(id).pages())
        return [items.map(({ displayName }) => displayName), total];
      return undefined;
    };
    expect(await first()).toEqual([["Grace"], 1]);
    world.server.clock.advance("31d");
    expect(await first()).toEqual([[], 0]);
    expect((await billing.cumulativeUsage(id)).userUsage).toEqual([]);
  });

  it("a member cannot read the usage of the organization or of all users, nor export it", async () => {
    const id = addAcme(world);
    const { billing } = clientOf(world, "grace", id);
    const from = new Date("2026-01-01");
    expect(await codeOf(billing.cumulativeUsage(id))).toBe("permission_denied");
    expect(await codeOf(billing.listUserUsage(id).first())).toBe("permission_denied");
    expect(await codeOf(billing.exportUsage(id, { from, to: from }))).toBe("permission_denied");
  });
});

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
        { email: grace, credits: 1.5, resource: "api" },
        { email: grace, credits: 2, resource: 'the "web", new' },
        { email: grace, credits: 4, at: "2026-01-02T23:59:59Z", type: "agentic" },
        { email: grace, credits: 8, at: "2026-01-03" },
      ],
    });
    const { billing, load } = signIn(ada, id);
    const { userId } = world.server.ona.member(id, grace);
    const { url } = await billing.exportUsage(id, { from, to });
    expect(await linesOf(await load(url))).toEqual([
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
    expect((await load(`${url}0`)).status).toBe(404);
    world.server.clock.advance("4m 59s");
    expect((await load(url)).status).toBe(200);
    world.server.clock.advance("1s");
    expect((await load(url)).status).toBe(410);
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
