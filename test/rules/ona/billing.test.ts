import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import {
  BillingService,
  ListEnterpriseUserCreditUsageRequest_SortField as SortField,
  SortOrder,
} from "tenantry/proto/ona";
import { describe, expect, it } from "vitest";
import { openWorld } from "../world.js";
import { addAcme, clientOf, codeOf, rpcOf } from "./people.js";

// GetCumulativeCreditUsage, ListEnterpriseUserCreditUsage.

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
    const users = [
      { totalCredits: 2, usageByType: [{ usageType: "agentic", credits: 2 }] },
      { totalCredits: 1.5, usageByType: [{ usageType: "environment", credits: 1.5 }] },
    ];
    const { billing } = clientOf(world, "ada", id);
    for (const found of [usage.userUsage, await billing.listUserUsage(id).toArray()]) {
      expect(found.map(({ displayName }) => displayName)).toEqual(["Ada", "Grace"]);
      expect(found.map(({ monthToDateUsage }) => monthToDateUsage)).toEqual(users);
    }
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

  it("`as_of` in the last nanosecond of a month means this month", async () => {
    const id = addAcme(world, { creditUsage: [{ email: grace, credits: 100, at: "2026-01-31" }] });
    world.server.clock.set("2026-03-01");
    const rpc = rpcOf(world, BillingService, "ada", id);
    const asOf = { seconds: BigInt(Date.UTC(2026, 1) / 1_000) - 1n, nanos: 999_999_999 };
    const { orgUsage, periodStart } = await rpc.getCumulativeCreditUsage({ organizationId: id, asOf });
    expect([orgUsage?.totalCredits, periodStart]).toEqual([
      100,
      expect.objectContaining(timestampFromDate(new Date("2026-01-01"))),
    ]);
    const { totalCount } = await rpc.listEnterpriseUserCreditUsage({ organizationId: id, asOf });
    expect(totalCount).toBe(1);
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
    // The case of letters does not count in the order by name.
    world.server.ona.signIn({ email: barbara, name: "barbara" });
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
      { displayName: "barbara", budgetSource: "none", utilizationPercent: 0, overBudget: false },
    ]);
    const names = async (...sort: Parameters<typeof list>) =>
      (await list(...sort)).map(({ displayName }) => displayName);
    expect(await names({ field: "budget" })).toEqual(["Grace", "Ada", "barbara"]);
    expect(await names({ field: "budget", descending: true })).toEqual(["Ada", "Grace", "barbara"]);
    expect(await names({ field: "budget_used" })).toEqual(["Ada", "Grace", "barbara"]);
    expect(await names({ field: "display_name" })).toEqual(["Ada", "barbara", "Grace"]);
    expect(await names({ field: "usage" })).toEqual(["barbara", "Grace", "Ada"]);
    expect(await names()).toEqual(["Ada", "Grace", "barbara"]);
    world.server.ona.setCreditBudget("Acme", grace, null);
    expect((await list())[1]).not.toHaveProperty("creditBudget");
  });

  it("ListEnterpriseUserCreditUsage sorts users without a budget last, and equal users by id, in both directions", async () => {
    const budgets = { ada: 20, grace: 20, barbara: undefined, hedy: undefined, eve: 10 };
    const members = Object.entries(budgets).map(([name, creditBudget]) => ({
      email: `${name}@example.com`,
      role: "admin" as const,
      ...(creditBudget !== undefined && { creditBudget }),
    }));
    const creditUsage = members.map(({ email }) => ({ email, credits: 5 }));
    const id = addAcme(world, { members, creditUsage });
    const { billing } = clientOf(world, "ada", id);
    const ids = (...names: string[]) => names.map(userId).sort();
    for (const field of ["budget", "budget_used"] as const) {
      for (const descending of [false, true]) {
        const users = await billing.listUserUsage(id, { sort: { field, descending } }).toArray();
        const eveFirst = (field === "budget") !== descending;
        expect(users.map((user) => user.userId)).toEqual([
          ...(eveFirst ? [userId("eve"), ...ids("ada", "grace")] : [...ids("ada", "grace"), userId("eve")]),
          ...ids("barbara", "hedy"),
        ]);
      }
    }
  });

  it("ListEnterpriseUserCreditUsage without a direction sorts by usage from the highest, and by other fields from the lowest", async () => {
    const budgets = [10, 30, 20];
    const members = [ada, grace, barbara].map((email, index) => ({
      email,
      role: "admin" as const,
      creditBudget: budgets[index] ?? 0,
    }));
    const creditUsage = members.map(({ email, creditBudget }) => ({ email, credits: creditBudget }));
    const id = addAcme(world, { members, creditUsage });
    const rpc = rpcOf(world, BillingService, "ada", id);
    const names = async (sort: { field?: SortField; order?: SortOrder }) => {
      const { userUsage } = await rpc.listEnterpriseUserCreditUsage({ organizationId: id, sort });
      return userUsage.map(({ displayName }) => displayName);
    };
    expect(await names({})).toEqual(["Grace", "Barbara", "Ada"]);
    expect(await names({ field: SortField.USAGE })).toEqual(["Grace", "Barbara", "Ada"]);
    expect(await names({ order: SortOrder.ASC })).toEqual(["Ada", "Barbara", "Grace"]);
    expect(await names({ field: SortField.BUDGET })).toEqual(["Ada", "Barbara", "Grace"]);
    expect(await names({ field: SortField.DISPLAY_NAME })).toEqual(["Ada", "Barbara", "Grace"]);
  });

  it.each([
    [0, 0.5, { utilizationPercent: 100, overBudget: true }],
    [25, 25, { utilizationPercent: 100, overBudget: false }],
  ])(
    "ListEnterpriseUserCreditUsage returns whether a user is over budget: of %i credits, %f are used",
    async (creditBudget, credits, expected) => {
      const members = [{ email: ada, role: "admin" as const, creditBudget }];
      const id = addAcme(world, { members, creditUsage: [{ email: ada, credits }] });
      const users = await clientOf(world, "ada", id).billing.listUserUsage(id).toArray();
      expect(users).toMatchObject([{ userId: userId("ada"), ...expected }]);
    },
  );

  it("ListEnterpriseUserCreditUsage orders users with the same usage by id", async () => {
    const creditUsage = [ada, grace, barbara].map((email) => ({ email, credits: 1 }));
    const id = addAcme(world, { creditUsage });
    const users = await clientOf(world, "ada", id).billing.listUserUsage(id).toArray();
    const ids = users.map(({ userId }) => userId);
    expect(ids).toEqual([...ids].sort());
  });

  it("ListEnterpriseUserCreditUsage without `asOf` accepts a page token after time has passed", async () => {
    const creditUsage = [ada, grace].map((email) => ({ email, credits: 1 }));
    const id = addAcme(world, { creditUsage });
    const { billing } = clientOf(world, "ada", id);
    const { cursor } = await billing.listUserUsage(id, {}, { pageSize: 1 });
    world.server.clock.advance("1m");
    expect(await billing.listUserUsage(id, {}, { cursor }).toArray()).toHaveLength(1);
  });

  it("ListEnterpriseUserCreditUsage with more than 10,000 users sorts by usage only", async () => {
    const members = Array.from({ length: 10_000 }, (_, index) => ({ email: `user-${index}@example.com` }));
    const id = addAcme(world, { members: [{ email: ada, role: "admin" }, ...members] });
    const { billing } = clientOf(world, "ada", id);
    const by = (field: "usage" | "budget") => billing.listUserUsage(id, { sort: { field } }).first();
    await by("usage");
    expect(await codeOf(by("budget"))).toBe("failed_precondition");
    world.server.ona.leave(id, world.server.ona.account("user-0@example.com").id);
    await by("budget");
  });

  it("ListEnterpriseUserCreditUsage returns only users with usage in this month, including users who left", async () => {
    const creditUsage = [
      { email: grace, credits: 1 },
      { email: ada, credits: 0 },
    ];
    const id = addAcme(world, { creditUsage });
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
