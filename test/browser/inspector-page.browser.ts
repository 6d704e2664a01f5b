import { VydonClient } from "tenantry";
import { describe, expect, it } from "vitest";
import { until } from "../support/until.js";
import type { Inspector } from "./support/inspector.js";
import { useInspector } from "./support/use-inspector.js";

const ada = "ada@example.com";
const tabs = ["Calls", "Tables", "Faults", "Clock", "Sign in", "State"];

const inspect = useInspector();
let inspector: Inspector;

describe("the inspector's choice of a world", () => {
  const choice = () => inspector.page.getByRole("combobox", { name: "World" });

  it("creates a world, shows its calls and clock, and ends it", async () => {
    inspector = await inspect();
    const { page, server } = inspector;
    await inspector.client().users.current();
    await inspector.calls.waitFor();
    await choice().selectOption("New world…");
    await page.getByLabel("Name of the new world").fill("checkout-7");
    await page.keyboard.press("Enter");
    await inspector.waitForNotice("The world checkout-7 was created");
    await page.getByText("No calls yet").waitFor();
    expect(new URL(page.url()).search).toBe("?world=checkout-7");

    const { token } = server.worlds.get("checkout-7")?.vydon.signIn({ email: "grace@example.com" }) ?? {};
    await new VydonClient({ baseUrl: `${inspector.url}/w/checkout-7`, auth: token ?? "" }).users.current();
    await inspector.calls.getByText("grace@example.com").waitFor();
    await inspector.tab("Clock");
    await inspector.press("+1 h");
    await inspector.waitForNotice("The clock moved");
    expect(server.worlds.get("checkout-7")?.clock.now()).toBe(server.clock.now() + 3_600_000);

    await inspector.press("End this world");
    await inspector.waitForNotice("The world checkout-7 has ended");
    expect(server.worlds.list()).toEqual([]);
    await page.getByRole("button", { name: "End this world" }).waitFor({ state: "hidden" });
    expect(await inspector.focused()).toBe("World");
    await inspector.tab("Calls");
    await inspector.calls.getByText(ada).waitFor();
  });

  it("switches worlds, also with the browser's back button and by URL", async () => {
    inspector = await inspect();
    const { page, server } = inspector;
    server.worlds.create("a").clock.advance("1d");
    await page.reload();
    await choice().selectOption("a");
    await page.getByText("2026-01-02").waitFor();
    await page.goBack();
    await page.getByText("2026-01-01").waitFor();
    expect(await choice().inputValue()).toBe("=");
    await page.goto(`${inspector.url}/w/a/`);
    await page.getByText("2026-01-02").waitFor();
  });

  it("shows a world that another client created, and an error when it has ended", async () => {
    inspector = await inspect();
    const { page, server } = inspector;
    server.worlds.create("theirs");
    await choice().locator("option", { hasText: "theirs" }).waitFor({ state: "attached" });
    await choice().focus();
    await choice().selectOption("theirs");
    await page.getByText("No calls yet").waitFor();
    await page.getByRole("button", { name: "End this world" }).waitFor();
    expect(await inspector.focused()).toBe("World");
    server.worlds.end("theirs");
    await inspector.alert.getByText("The world theirs does not respond").waitFor();
    await choice().selectOption("The server");
    await inspector.alert.waitFor({ state: "hidden" });
  });

  it("shows the server's error for an invalid world name", async () => {
    inspector = await inspect();
    const { page } = inspector;
    await choice().selectOption("New world…");
    await page.getByLabel("Name of the new world").fill("no spaces");
    await inspector.press("Create");
    await inspector.alert.getByText("is not a name for a world").waitFor();
    await page.getByLabel("Name of the new world").press("Escape");
    expect(await inspector.focused()).toBe("World");
  });

  it("is hidden if the server does not support worlds", async () => {
    inspector = await inspect({
      before: async (page) =>
        void (await page.route("**/ListWorlds", (route) => route.fulfill({ status: 404 }))),
    });
    expect(await choice().count()).toBe(0);
  });
});

it("each tab of the inspector opens at its top", async () => {
  inspector = await inspect({ path: "/#/state", viewport: { width: 1280, height: 400 } });
  const top = () => inspector.page.locator("main").evaluate((main) => main.scrollTop);
  await inspector.page.getByLabel("Seed as JSON").press("Control+End");
  await inspector.page.getByRole("button", { name: "Add seed" }).focus();
  expect(await top()).toBeGreaterThan(0);
  await inspector.tab("Faults");
  expect(await top()).toBe(0);
});

describe("the inspector with the keyboard only", () => {
  it("selects calls in the list with the arrow keys, Home, End and Escape", async () => {
    inspector = await inspect();
    const { page } = inspector;
    await inspector.client().users.current();
    await inspector.client().accounts.createTeam({ name: "acme" });
    await until(async () => (await inspector.calls.count()) === 2);
    for (let i = 0; i < 20 && (await inspector.focused()) !== "Calls, newest first"; i++)
      await page.keyboard.press("Tab");
    const title = () => inspector.detail.getByRole("heading", { level: 2 }).textContent();
    expect(await title()).toBe("vydon.CreateTeamAccount");
    await page.keyboard.press("ArrowDown");
    expect(await title()).toBe("vydon.GetUser");
    await page.keyboard.press("ArrowDown");
    expect(await title()).toBe("vydon.GetUser");
    await page.keyboard.press("Home");
    expect(await title()).toBe("vydon.CreateTeamAccount");
    await page.keyboard.press("End");
    const list = page.getByRole("listbox", { name: "Calls" });
    const active = await list.getAttribute("aria-activedescendant");
    expect(await page.locator(`[id="${active}"]`).getAttribute("aria-selected")).toBe("true");
    // The selected call stays selected when another one arrives. Escape selects the newest again.
    await inspector.client().accounts.list().toArray();
    await until(async () => (await inspector.calls.count()) === 3);
    expect(await title()).toBe("vydon.GetUser");
    await page.keyboard.press("Escape");
    expect(await title()).toBe("vydon.GetUserAccounts");
  });

  it("opens every tab, and Tab then focuses a field", async () => {
    inspector = await inspect();
    const { page } = inspector;
    await page.keyboard.press("Tab");
    expect(await inspector.focused()).toBe("Skip to the content");
    for (const name of tabs) {
      await page.getByRole("link", { name, exact: false }).first().focus();
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { level: 1, name }).waitFor();
      await page.keyboard.press("Tab");
      expect(await page.evaluate(() => document.activeElement?.matches(":focus-visible"))).toBe(true);
    }
  });

  it("signs a person in", async () => {
    inspector = await inspect({ path: "/#/sign-in" });
    const { page } = inspector;
    await page.getByLabel("Email").focus();
    await page.keyboard.type(ada);
    await page.keyboard.press("Enter");
    await inspector.waitForNotice(`${ada} is signed in`);
  });

  it("opens and closes a call on a small screen", async () => {
    inspector = await inspect({ viewport: { width: 390, height: 844 } });
    const { page } = inspector;
    await inspector.client().users.current();
    await inspector.calls.waitFor();
    await page.getByRole("listbox").focus();
    await page.keyboard.press("Enter");
    await inspector.detail.waitFor();
    expect(await inspector.focused()).toBe("All calls");
    await page.keyboard.press("Enter");
    await inspector.calls.waitFor();
    expect(await inspector.focused()).toBe("Calls, newest first");
  });
});

it("axe finds no violation in any tab of the inspector before its data has loaded", async () => {
  inspector = await inspect();
  await inspector.page.route("**/tenantry.mock.v1.*/*", () => {});
  for (const name of tabs) {
    await inspector.tab(name);
    expect(await inspector.audit(), name).toEqual([]);
  }
});

describe.each(["light", "dark"] as const)("the inspector's %s theme", (colorScheme) => {
  it.each([1280, 390])("has no axe violation, and its page does not scroll: %i wide", async (width) => {
    inspector = await inspect({ colorScheme, viewport: { width, height: 844 } });
    const { page, server } = inspector;
    for (const name of tabs) {
      await inspector.tab(name);
      expect(await inspector.audit(), `${name}, empty`).toEqual([]);
    }
    server.seed({ vydon: { accounts: [{ name: "acme", members: [{ email: ada }] }] } });
    server.faults.inject({ method: "GetUserAccounts", code: "unavailable", times: 2 });
    await inspector.client(ada, { maxDelayMs: 1 }).accounts.list().toArray();
    // There are more calls than the list has space for. The oldest one, at its end, was hit by a fault.
    for (let i = 0; i < 25; i++) await inspector.client(`${"a".repeat(60)}${i}@example.com`).users.current();
    await inspector.tab("Sign in");
    await page.getByLabel("Email").fill(ada);
    await inspector.press("Sign in");
    await inspector.waitForNotice("is signed in");
    for (const name of tabs) {
      await inspector.tab(name);
      if (name === "Calls") {
        const list = page.getByRole("listbox", { name: "Calls" });
        expect(await list.evaluate((each) => each.scrollWidth - each.clientWidth)).toBe(0);
        await inspector.calls.last().click();
      }
      if (name === "Tables") await page.getByRole("row").nth(1).waitFor();
      expect(await inspector.audit(), name).toEqual([]);
      const size = await page.evaluate(() => {
        const { scrollWidth, scrollHeight } = document.documentElement;
        return [scrollWidth, scrollHeight];
      });
      expect(size, name).toEqual([width, 844]);
    }
  });
});

it("the inspector sends no requests while its page is hidden", async () => {
  inspector = await inspect();
  const { page, requested } = inspector;
  const turn = (state: string) =>
    page.evaluate((visibility) => {
      Object.defineProperty(document, "visibilityState", { value: visibility, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, state);
  await turn("hidden");
  // Wait for pending requests.
  await page.waitForLoadState("networkidle");
  const before = requested.length;
  await page.waitForTimeout(1_500);
  expect(requested.length).toBe(before);
  await turn("visible");
  await until(() => requested.length > before);
});

it("the inspector shows an error while the server does not respond, and removes it afterwards", async () => {
  inspector = await inspect();
  const { page } = inspector;
  await page.route("**/tenantry.mock.v1.AdminService/*", (route) => route.abort());
  await inspector.alert.getByText("The server does not respond").waitFor();
  await page.unroute("**/tenantry.mock.v1.AdminService/*");
  await inspector.alert.waitFor({ state: "hidden" });
});
