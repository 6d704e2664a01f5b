import { runInNewContext } from "node:vm";
import { afterEach, describe, expect, it } from "vitest";
import { createMockServer } from "../../server.js";
import { toInstant } from "./instant.js";

const machineZone = process.env["TZ"];
afterEach(() => {
  if (machineZone === undefined) delete process.env["TZ"];
  else process.env["TZ"] = machineZone;
});

describe.each(["Pacific/Auckland", "America/Los_Angeles"])("on a machine in %s", (zone) => {
  it("dates without a zone are read as UTC", () => {
    process.env["TZ"] = zone;
    const at = Date.UTC(2026, 2, 1, 9);
    const server = createMockServer({ now: "2026-03-01T09:00:00" });
    expect(server.clock.now()).toBe(at);
    server.clock.set("2026-03-01 10:30");
    expect(server.clock.now()).toBe(at + 90 * 60_000);

    server.seed({
      vydon: { accounts: [{ name: "acme", createdAt: "2026-03-01T09:00:00" }] },
      ona: { accounts: [{ email: "ada@example.com", createdAt: "2026-03-01T09:00:00" }] },
      fam: { accounts: [{ name: "acme", createdAt: "2026-03-01T09:00:00" }] },
    });
    expect(server.vydon.account("acme").createdAt).toBe(at);
    expect(server.ona.account("ada@example.com").createdAt).toBe(at);
    expect(server.fam.account("acme").createdAt).toBe(at);
  });
});

describe("a point in time", () => {
  it.each([
    ["2026-03-01", Date.UTC(2026, 2, 1)],
    ["2026-03-01T09:00", Date.UTC(2026, 2, 1, 9)],
    ["2026-03-01T09:00:30.1239999", Date.UTC(2026, 2, 1, 9, 0, 30, 123)],
    ["2026-03-01T09:00:00+02:00", Date.UTC(2026, 2, 1, 7)],
    ["2026-03-01t09:00:00-0130", Date.UTC(2026, 2, 1, 10, 30)],
    ["9999-12-31T23:59:59.999Z", Date.UTC(10_000, 0, 1) - 1],
    [runInNewContext("new Date(7)"), 7],
    [7.2, 8],
  ])("may be %s", (text, ms) => {
    expect(toInstant(text)).toBe(ms);
  });

  it.each([
    "3/1/2026",
    "1.3.2026",
    "March 1, 2026",
    "2026-02-31",
    "2026-13-01",
    "2026",
    "+012026-03-01",
    "2026-03-01T25:00",
    "",
  ])("is not %j", (text) => {
    expect(() => createMockServer({ now: text })).toThrow(/is not a date: give a Date or an ISO 8601 string/);
    expect(() => createMockServer().clock.set(text)).toThrow(RangeError);
    expect(() => createMockServer().seed({ vydon: { accounts: [{ name: "a", createdAt: text }] } })).toThrow(
      "seed.vydon.accounts[0].createdAt",
    );
  });

  it.each(["0000-12-31", new Date(8.64e15), 1e17, -1e300])(
    "is not %s, which no timestamp of the APIs can be",
    (instant) => {
      expect(() => toInstant(instant)).toThrow("is not in the years 1 to 9999");
    },
  );

  it("is not an invalid Date", () => {
    expect(() => toInstant(new Date("soon"))).toThrow("an invalid Date is not a date");
  });
});
