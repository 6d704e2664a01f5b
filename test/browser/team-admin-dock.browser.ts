import type { Locator } from "playwright-core";
import { describe, expect, it } from "vitest";
import type { TeamAdmin } from "./support/team-admin.js";
import { useStage } from "./support/use-stage.js";

const narrow = { viewport: { width: 390, height: 844 } };
const wide = { viewport: { width: 1280, height: 800 } };
const stage = useStage();

/** The log's words for a call that failed twice. They are complete when the call has ended: the next click must not overtake it. */
const failedTwice = "3 attempts, 2 waits: unavailable 2 times, ok";

/** Returns the log's entries for a method, newest first. */
const callsOf = ({ log }: TeamAdmin, method: string) =>
  log.locator(".log-entry").filter({ has: log.page().getByText(method, { exact: true }) });

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  if (box === null) throw new Error("the element is not visible");
  const [left, top] = [Math.round(box.x), Math.round(box.y)];
  return { left, top, right: left + Math.round(box.width), bottom: top + Math.round(box.height) };
}

async function overlap(one: Locator, other: Locator): Promise<boolean> {
  const [a, b] = [await boxOf(one), await boxOf(other)];
  return a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom;
}

describe("the example's log of calls", () => {
  it("shows each call with its outcome and duration", async () => {
    const admin = await stage.enter();
    const [first] = await callsOf(admin, "GetTeamAccountMembers").allTextContents();
    expect(first).toMatch(/^GetTeamAccountMembersokok ✓ \d+ ms$/);
    expect(await admin.log.getByText("from cache").count()).toBe(0);
    expect(await admin.log.getByText("Token renewed").count()).toBe(0);
  });

  it("shows two failures as three attempts with two waits", async () => {
    const admin = await stage.enter();
    await admin.demo("Two failures");
    const call = callsOf(admin, "GetTeamAccountMembers").first();
    await call.getByText(failedTwice).waitFor();
    const parts = await call
      .getByRole("list", { name: "3 attempts" })
      .getByRole("listitem")
      .allTextContents();
    expect(parts.map((part) => part.replaceAll(/[\d,]+/g, "N"))).toEqual([
      "unavailable ✕ N ms",
      "wait N ms",
      "unavailable ✕ N ms",
      "wait N ms",
      "ok ✓ N ms",
    ]);
    expect(await call.getAttribute("data-state")).toBe("ok");
  });

  it("shows one token refresh for several calls that needed it", async () => {
    const admin = await stage.enter();
    await admin.demo("Token expires");
    await callsOf(admin, "GetUserAccounts").getByText("2 attempts: unauthenticated, new token, ok").waitFor();
    await callsOf(admin, "GetAccountApiKeys")
      .getByText("2 attempts: unauthenticated, new token, ok")
      .waitFor();
    expect(await admin.log.getByText("Token renewed").count()).toBe(1);
  });

  it("shows the failed attempts while offline, and a write is not retried", async () => {
    const admin = await stage.enter();
    await admin.demo("Offline");
    const read = callsOf(admin, "GetTeamAccountMembers").first();
    await read.getByText("4 attempts, 3 waits: unavailable 4 times").waitFor();
    expect(await read.locator(".log-outcome").textContent()).toMatch(/^unavailable [\d,]+ ms$/);
    await admin.members.getByLabel("Role of Barbara").selectOption({ label: "Admin" });
    await admin.alert.getByText("The server can’t be reached").first().waitFor();
  });

  it("shows results from the cache", async () => {
    const admin = await stage.enter();
    await admin.team.selectOption("analytical-engine");
    await admin.members.getByText("4 people").waitFor();
    await admin.team.selectOption("acme");
    const cached = admin.log.getByText("members.list").locator("..");
    await cached.getByText("from cache, no request").waitFor();
    expect(await cached.count()).toBe(1);
    expect(await callsOf(admin, "GetTeamAccountMembers").count()).toBe(2);
  });

  it("shows the newest first and at most 100 entries, and can be cleared", async () => {
    const admin = await stage.enter();
    for (let times = 0; times < 14; times += 1) {
      await admin.demo("Two failures");
      await callsOf(admin, "GetTeamAccountMembers").first().getByText(failedTwice).waitFor();
    }
    expect(await admin.log.locator(".log-entry").count()).toBe(100);
    await admin.demo("Token expires");
    await admin.log.getByText("Token renewed").waitFor();
    expect(await admin.log.locator(".log-entry").count()).toBe(100);
    await admin.dock.getByRole("button", { name: "Clear" }).click();
    await admin.log.getByText("No calls yet.").waitFor();
    expect(await admin.log.locator(".log-entry").count()).toBe(0);
  });

  it.each([
    ["wide and light", wide],
    ["wide and dark", { ...wide, colorScheme: "dark" }],
    ["narrow and light", narrow],
    ["narrow and dark", { ...narrow, colorScheme: "dark" }],
  ] as const)("has no axe violation when it shows failures: %s", async (_name, options) => {
    const admin = await stage.enter({ ...options, reducedMotion: "reduce" });
    await admin.demo("Token expires");
    await admin.log.getByText("Token renewed").waitFor();
    await admin.demo("Offline");
    await callsOf(admin, "GetUserAccounts").getByText("unavailable 4 times").waitFor();
    expect(await admin.audit()).toEqual([]);
    const sideways = await admin.page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(sideways).toBeLessThanOrEqual(0);
    expect(await admin.log.evaluate((log) => log.scrollWidth - log.clientWidth)).toBe(0);
  });
});

describe("the example's demo panel", () => {
  it("is beside the app, and stays visible while the app scrolls", async () => {
    const admin = await stage.enter(wide);
    const { page, dock } = admin;
    const app = page.locator(".app");
    expect(await overlap(app, dock)).toBe(false);
    expect((await boxOf(dock)).right - (await boxOf(dock)).left).toBe(360);
    await page.mouse.move(200, 400);
    await page.mouse.wheel(0, 2_000);
    await page.waitForFunction(() => scrollY > 0);
    expect(await overlap(app, dock)).toBe(false);
    const { top, bottom } = await boxOf(dock);
    expect(top).toBeCloseTo(0, 0);
    expect(bottom).toBeCloseTo(800, 0);
  });

  it("is below the app on a phone", async () => {
    const admin = await stage.enter(narrow);
    const [app, dock] = [await boxOf(admin.page.locator(".app")), await boxOf(admin.dock)];
    expect(dock.top).toBeGreaterThanOrEqual(app.bottom);
    expect(dock).toMatchObject({ left: 0, right: 390 });
  });

  it.each([
    ["wide", wide],
    ["narrow", narrow],
    ["320 pixels wide", { viewport: { width: 320, height: 700 } }],
  ] as const)(
    "scrolls its log inside the panel and does not make the page longer: %s",
    async (name, options) => {
      const admin = await stage.enter(options);
      const { page, dock, log } = admin;
      for (const times of [1, 2, 3]) {
        await admin.demo("Two failures");
        await callsOf(admin, "GetTeamAccountMembers").nth(times).waitFor();
        await callsOf(admin, "GetTeamAccountMembers").first().getByText(failedTwice).waitFor();
      }
      expect(await log.evaluate((element) => element.scrollHeight - element.clientHeight)).toBeGreaterThan(
        100,
      );
      const below = await dock.evaluate(
        (element) => document.documentElement.scrollHeight - element.getBoundingClientRect().bottom - scrollY,
      );
      const inDock = await dock.evaluate((element) => element.scrollHeight - element.clientHeight);
      if (name !== "wide") expect(below).toBeCloseTo(0, 0);
      expect(inDock).toBe(0);
      // Nothing covers the button beside the choice of a team.
      await page.getByRole("button", { name: "New team" }).click();
      await admin.dialog.getByLabel("Name").waitFor();
    },
  );

  it("shows a restarted query as canceled, not as failed", async () => {
    const admin = await stage.enter();
    await admin.demo("Slow server");
    await admin.demo("Two failures");
    const canceled = admin.log.locator('.log-entry[data-state="canceled"]');
    await canceled.first().waitFor();
    expect(await canceled.first().textContent()).toContain("canceled");
    expect(await admin.log.locator('.log-entry[data-state="failed"]').count()).toBe(0);
  });

  it.each([
    ["wide", wide],
    ["narrow", narrow],
  ] as const)("is not covered by notices or dialogs: %s", async (name, options) => {
    const admin = await stage.enter(options);
    await admin.invites.getByRole("button", { name: "Withdraw the invite to annie@example.com" }).click();
    const notice = admin.notice.getByText("Invite withdrawn");
    await notice.waitFor();
    expect(await overlap(notice, admin.dock)).toBe(false);
    await admin.page.getByRole("button", { name: "Invite a member" }).click();
    if (name === "wide") expect(await overlap(admin.dialog, admin.dock)).toBe(false);
  });

  it("can be hidden, and the app then uses its space", async () => {
    const admin = await stage.enter(wide);
    const { page, log } = admin;
    const app = page.locator(".app");
    const before = await boxOf(app);
    await page.getByRole("button", { name: "Hide the demo" }).click();
    expect(await log.isVisible()).toBe(false);
    expect((await boxOf(app)).right - before.right).toBeGreaterThan(200);
    const show = page.getByRole("button", { name: "Show the demo" });
    expect(await show.getAttribute("aria-expanded")).toBe("false");
    await show.click();
    expect(await log.isVisible()).toBe(true);
    expect(await boxOf(app)).toEqual(before);
  });

  it("describes what each of its buttons does", async () => {
    const admin = await stage.enter();
    const button = admin.dock.getByRole("button", { name: "Rate limit" });
    expect(await button.getAttribute("aria-description")).toContain("For 20 seconds");
    await button.focus();
    expect(await admin.dock.getByText("For 20 seconds, the server refuses invites.").isVisible()).toBe(true);
  });
});
