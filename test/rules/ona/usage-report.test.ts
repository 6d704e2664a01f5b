import { timestampFromDate } from "@bufbuild/protobuf/wkt";
import { Code } from "@connectrpc/connect";
import { BillingService, Principal } from "tenantry/proto/ona";
import { describe, expect, it } from "vitest";
import { connectErrorOf, openWorld } from "../world.js";
import { addAcme, clientOf, codeOf, rpcOf, unknownId } from "./people.js";

// GetCreditUsageReport.

const email = "grace@example.com";
const from = new Date("2026-01-01");

describe("Ona's GetCreditUsageReport", () => {
  const world = openWorld({ strict: true });
  const userId = (name: string) => world.server.ona.member("Acme", `${name}@example.com`).userId;

  it("returns an entry for each day from `from` to `to`, ignoring their time of day", async () => {
    const id = addAcme(world, {
      creditUsage: [
        { email, credits: 0.1, at: "2026-01-01T00:00:00Z" },
        { email, credits: 0.2, at: "2026-01-01T23:59:59Z" },
        { email, credits: 5, at: "2026-01-03", type: "agentic" },
        { email, credits: 7, at: "2026-01-04" },
      ],
    });
    world.server.clock.set("2026-02-10T12:00:00Z");
    const { billing } = clientOf(world, "ada", id);
    const { dailyUsage, updatedAt, periodStart } = await billing.usageReport(id, {
      from: new Date("2026-01-01T18:00:00Z"),
      to: new Date("2026-01-03T06:00:00Z"),
    });
    expect(dailyUsage.map(({ date, orgUsage }) => [date.toISOString().slice(0, 10), orgUsage])).toEqual([
      ["2026-01-01", [{ usageType: "environment", credits: 0.3 }]],
      ["2026-01-02", []],
      ["2026-01-03", [{ usageType: "agentic", credits: 5 }]],
    ]);
    expect(updatedAt).toEqual(new Date("2026-02-10T12:00:00Z"));
    expect(periodStart).toEqual(new Date("2026-02-01"));
  });

  it("starts a day at one o'clock if daylight saving time starts at midnight", async () => {
    const id = addAcme(world, {
      creditUsage: [
        { email, credits: 1, at: "2025-09-07T03:59:59Z" },
        { email, credits: 2, at: "2025-09-07T04:00:00Z" },
      ],
    });
    const { dailyUsage } = await clientOf(world, "ada", id).billing.usageReport(id, {
      from: new Date("2025-09-06T12:00:00Z"),
      to: new Date("2025-09-07T12:00:00Z"),
      timezone: "America/Santiago",
    });
    expect(dailyUsage.map(({ date, orgUsage }) => [date.toISOString(), orgUsage[0]?.credits])).toEqual([
      ["2025-09-06T04:00:00.000Z", 1],
      ["2025-09-07T04:00:00.000Z", 2],
    ]);
  });

  it("has an hour twice in a day if daylight saving time ends at midnight", async () => {
    const id = addAcme(world, {
      creditUsage: [
        { email, credits: 1, at: "2018-02-18T02:59:59Z" },
        { email, credits: 2, at: "2018-02-18T03:00:00Z" },
      ],
    });
    const { dailyUsage } = await clientOf(world, "ada", id).billing.usageReport(id, {
      from: new Date("2018-02-17T12:00:00Z"),
      to: new Date("2018-02-18T12:00:00Z"),
      timezone: "America/Sao_Paulo",
    });
    expect(dailyUsage.map(({ date, orgUsage }) => [date.toISOString(), orgUsage[0]?.credits])).toEqual([
      ["2018-02-17T02:00:00.000Z", 1],
      ["2018-02-18T03:00:00.000Z", 2],
    ]);
  });

  it("accepts days of the first century", async () => {
    const id = addAcme(world, { creditUsage: [{ email, credits: 1, at: "0031-05-06T12:00:00Z" }] });
    const from = new Date("0031-05-06T12:00:00Z");
    const days = { from, to: from, timezone: "Europe/Berlin" };
    const { dailyUsage } = await clientOf(world, "ada", id).billing.usageReport(id, days);
    expect(dailyUsage).toMatchObject([{ orgUsage: [{ credits: 1 }] }]);
    // The local time of Berlin, before time zones.
    expect(dailyUsage[0]?.date.toISOString()).toBe("0031-05-05T23:06:32.000Z");
  });

  it("fails with invalid_argument for a first day that may begin before the year 1 in the time zone", async () => {
    const { billing } = clientOf(world, "ada", addAcme(world));
    const { id } = world.server.ona.organization("Acme");
    const report = async (at: string, timezone?: string) => {
      const day = new Date(at);
      const { dailyUsage } = await billing.usageReport(id, { from: day, to: day, timezone });
      return dailyUsage.map(({ date }) => date.toISOString().slice(0, 13));
    };
    for (const timezone of ["Asia/Tokyo", "America/New_York"]) {
      for (const at of ["0001-01-01T12:00:00Z", "0001-01-02T00:00:00Z", "0001-01-02T23:59:59.999Z"])
        expect(await codeOf(report(at, timezone))).toBe("invalid_argument");
    }
    expect(await report("0001-01-03T00:00:00Z", "Asia/Tokyo")).toEqual(["0001-01-02T14"]);
    expect(await report("0001-01-03T00:00:00Z", "America/New_York")).toEqual(["0001-01-02T04"]);
    expect(await report("0001-01-01T12:00:00Z")).toEqual(["0001-01-01T00"]);
  });

  it("starts days at midnight in the given time zone, and fails for an unknown time zone", async () => {
    const usage = [
      { email, credits: 1, at: "2026-03-28T23:30:00Z" },
      { email, credits: 2, at: "2026-03-29T21:30:00Z" },
      { email, credits: 4, at: "2026-03-29T22:30:00Z" },
    ];
    const id = addAcme(world, { creditUsage: usage });
    const { billing } = clientOf(world, "ada", id);
    const days = { from: new Date("2026-03-29T12:00:00Z"), to: new Date("2026-03-30T12:00:00Z") };
    const report = async (timezone?: string) => {
      const { dailyUsage } = await billing.usageReport(id, { ...days, timezone });
      return dailyUsage.map(({ date, orgUsage }) => [date.toISOString(), orgUsage[0]?.credits]);
    };
    expect(await report()).toEqual([
      ["2026-03-29T00:00:00.000Z", 6],
      ["2026-03-30T00:00:00.000Z", undefined],
    ]);
    // On this day the clocks of Berlin went forward.
    expect(await report("Europe/Berlin")).toEqual([
      ["2026-03-28T23:00:00.000Z", 3],
      ["2026-03-29T22:00:00.000Z", 4],
    ]);
    expect((await report("Asia/Kolkata"))[0]).toEqual(["2026-03-28T18:30:00.000Z", 1]);
    expect(await codeOf(report("Europe/Atlantis"))).toBe("invalid_argument");
  });

  // Some versions of Node accept an offset as a time zone.
  it.each(["+01:00", "-0530", "\u221201:00"])(
    "fails with invalid_argument for the offset %s as a time zone",
    async (timezone) => {
      const id = addAcme(world);
      const { billing } = clientOf(world, "ada", id);
      expect(await codeOf(billing.usageReport(id, { from, to: from, timezone }))).toBe("invalid_argument");
    },
  );

  it("returns each day of a range across the end of a month and of a year, in a time zone", async () => {
    const id = addAcme(world);
    const { billing } = clientOf(world, "ada", id);
    const days = async (from: string, to: string) => {
      const range = { from: new Date(from), to: new Date(to), timezone: "Asia/Kolkata" };
      const { dailyUsage } = await billing.usageReport(id, range);
      return dailyUsage.map(({ date }) => date.toISOString().slice(0, 16));
    };
    // At this time, it is the next day in Kolkata.
    expect(await days("2026-01-29T20:00:00Z", "2026-02-01T20:00:00Z")).toEqual([
      "2026-01-29T18:30",
      "2026-01-30T18:30",
      "2026-01-31T18:30",
      "2026-02-01T18:30",
    ]);
    expect(await days("2025-12-31T12:00:00Z", "2025-12-31T20:00:00Z")).toEqual([
      "2025-12-30T18:30",
      "2025-12-31T18:30",
    ]);
    expect(await days("2028-02-28T20:00:00Z", "2028-02-29T20:00:00Z")).toEqual([
      "2028-02-28T18:30",
      "2028-02-29T18:30",
    ]);
  });

  it("counts a day up to its last nanosecond", async () => {
    const id = addAcme(world);
    const rpc = rpcOf(world, BillingService, "ada", id);
    // The last nanosecond of January 31.
    const endTime = { seconds: BigInt(Date.UTC(2026, 1) / 1_000) - 1n, nanos: 999_999_999 };
    const dateRange = { startTime: timestampFromDate(from), endTime };
    for (const timezone of ["", "UTC"]) {
      const { dailyUsage } = await rpc.getCreditUsageReport({ organizationId: id, dateRange, timezone });
      expect(dailyUsage).toHaveLength(31);
    }
  });

  it("fails with invalid_argument for more than 31 days, and for an end before the start", async () => {
    const id = addAcme(world);
    const { billing } = clientOf(world, "ada", id);
    const until = (to: string) => billing.usageReport(id, { from, to: new Date(to) });
    expect((await until("2026-01-31")).dailyUsage).toHaveLength(31);
    expect(await codeOf(until("2026-02-01"))).toBe("invalid_argument");
    expect(await codeOf(until("2025-12-31"))).toBe("invalid_argument");
  });

  it("returns the ten users, environments and conversations with the highest usage, and the rest as Others", async () => {
    const people = Array.from({ length: 12 }, (_, index) => `user-${index}@example.com`);
    const id = addAcme(world, {
      members: [{ email: "ada@example.com", role: "admin" }, ...people.map((email) => ({ email }))],
      creditUsage: people.flatMap((email, index) => [
        { email, credits: index + 1, resource: "shared" },
        { email, credits: index + 1, type: "agentic" as const, resource: `chat ${index}` },
      ]),
    });
    const { billing } = clientOf(world, "ada", id);
    const [day] = (await billing.usageReport(id, { from, to: from })).dailyUsage;
    expect(day?.orgUsage).toEqual([
      { usageType: "environment", credits: 78 },
      { usageType: "agentic", credits: 78 },
    ]);
    expect(day?.userUsage).toHaveLength(11);
    expect(day?.userUsage[0]).toMatchObject({ userId: userId("user-11"), displayName: "User 11" });
    const others = [
      { usageType: "environment", credits: 3 },
      { usageType: "agentic", credits: 3 },
    ];
    expect(day?.userUsage[10]).toMatchObject({ userId: "", displayName: "Others", usage: others });
    expect(day?.environmentUsage).toMatchObject([
      {
        environmentId: expect.stringMatching(/^[0-9a-f-]{36}$/),
        displayName: "shared",
        usage: [{ credits: 78 }],
      },
    ]);
    const chats = day?.conversationUsage.map(({ displayName, usage }) => [displayName, usage[0]?.credits]);
    expect(chats?.[0]).toEqual(["chat 11", 12]);
    expect(chats?.at(-1)).toEqual(["Others", 3]);
    expect(day?.conversationUsage[0]?.agentExecutionId).toMatch(/^[0-9a-f-]{36}$/);
    expect(day?.teamUsage).toEqual([]);
  });

  it("orders users with the same usage by id", async () => {
    const names = ["ada", "grace", "barbara"];
    const creditUsage = names.map((name) => ({ email: `${name}@example.com`, credits: 1 }));
    const id = addAcme(world, { creditUsage });
    const { billing } = clientOf(world, "ada", id);
    const [day] = (await billing.usageReport(id, { from, to: from })).dailyUsage;
    expect(day?.userUsage.map(({ userId }) => userId)).toEqual(names.map(userId).sort());
  });

  it("with a subject, returns the usage of this user only", async () => {
    const id = addAcme(world, {
      creditUsage: [
        { email, credits: 2 },
        { email: "ada@example.com", credits: 3 },
      ],
    });
    const { billing } = clientOf(world, "ada", id);
    const subject = { id: userId("grace"), principal: "user" as const };
    const { dailyUsage } = await billing.usageReport(id, { from, to: from, subject });
    expect(dailyUsage).toEqual([
      {
        date: from,
        orgUsage: [],
        userUsage: [
          {
            userId: userId("grace"),
            displayName: "Grace",
            usage: [{ usageType: "environment", credits: 2 }],
            usageByModel: [],
          },
        ],
        teamUsage: [],
        environmentUsage: [],
        conversationUsage: [],
        usageByModel: [],
      },
    ]);
  });

  it("returns a member's own usage to that member, and all usage to admins only", async () => {
    const id = addAcme(world, { creditUsage: [{ email, credits: 2 }] });
    const { billing } = clientOf(world, "grace", id);
    const report = (name?: string) =>
      billing.usageReport(id, {
        from,
        to: from,
        ...(name !== undefined && { subject: { id: userId(name), principal: "user" } }),
      });
    expect((await report("grace")).dailyUsage[0]?.userUsage).toHaveLength(1);
    expect(await codeOf(report("ada"))).toBe("permission_denied");
    expect(await codeOf(report())).toBe("permission_denied");
    const subject = { id: userId("grace"), principal: "service_account" as const };
    expect(await codeOf(billing.usageReport(id, { from, to: from, subject }))).toBe("permission_denied");
  });

  it("fails with not_found for a subject that is not a user of the organization", async () => {
    const id = addAcme(world);
    const { billing } = clientOf(world, "ada", id);
    world.server.ona.addOrganization({ name: "Labs", members: [{ email: "hedy@example.com" }] });
    const { userId: hedy } = world.server.ona.member("Labs", "hedy@example.com");
    for (const principal of ["user", "service_account"] as const) {
      for (const other of [unknownId, hedy]) {
        const subject = { id: other, principal };
        expect(await codeOf(billing.usageReport(id, { from, to: from, subject }))).toBe("not_found");
      }
    }
    const user = { id: userId("grace"), principal: "service_account" as const };
    expect(await codeOf(billing.usageReport(id, { from, to: from, subject: user }))).toBe("not_found");
  });

  it("fails with invalid_argument for a subject that is neither a user nor a service account", async () => {
    const id = addAcme(world);
    const rpc = rpcOf(world, BillingService, "ada", id);
    const at = timestampFromDate(from);
    const runner = { id: unknownId, principal: Principal.RUNNER };
    const request = {
      organizationId: id,
      dateRange: { startTime: at, endTime: at },
      filter: { subject: runner },
    };
    expect((await connectErrorOf(rpc.getCreditUsageReport(request))).code).toBe(Code.InvalidArgument);
  });

  it("returns the usage of a deleted user as Deleted user", async () => {
    const id = addAcme(world, { creditUsage: [{ email, credits: 2 }] });
    const { billing, users } = clientOf(world, "ada", id);
    await users.delete(userId("grace"));
    const [day] = (await billing.usageReport(id, { from, to: from })).dailyUsage;
    expect(day?.userUsage).toMatchObject([{ displayName: "Deleted user", usage: [{ credits: 2 }] }]);
  });
});

describe("Ona's GetCreditUsageReport with `validate: false`", () => {
  const world = openWorld({ validate: false });

  it("returns no days for a range without a start or an end", async () => {
    const organizationId = addAcme(world);
    const rpc = rpcOf(world, BillingService, "ada", organizationId);
    const at = timestampFromDate(from);
    for (const dateRange of [undefined, { startTime: at }, { endTime: at }]) {
      const { dailyUsage } = await rpc.getCreditUsageReport({ organizationId, dateRange });
      expect(dailyUsage).toEqual([]);
    }
  });
});
