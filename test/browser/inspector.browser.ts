import { readFile } from "node:fs/promises";
import type { Browser } from "playwright-core";
import { VydonClient } from "tenantry";
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { launch } from "./support/chromium.js";
import { type Inspector, inspect } from "./support/inspector.js";

const ada = "ada@example.com";
const tabs = ["Calls", "Tables", "Faults", "Clock", "Sign in", "State"];

let browser: Browser;
let inspector: Inspector;
beforeAll(async () => {
  browser = await launch();
});
afterAll(() => browser?.close());
afterEach(async () => {
  const { complaints, requested, url } = inspector;
  await inspector.close();
  expect(complaints).toEqual([]);
  // Of the page's own server, or made by the page itself.
  expect(requested.filter((each) => !each.startsWith(url) && !/^(data|blob):/.test(each))).toEqual([]);
});

/** A client of the server that is inspected. */
function client(email = ada, retry: object | false = false): VydonClient {
  const { token } = inspector.server.vydon.signIn({ email });
  return new VydonClient({ baseUrl: inspector.url, auth: token, retry });
}

/** Waits for something. The page polls once a second. */
function until(isSo: () => boolean | Promise<boolean>): Promise<unknown> {
  return vi.waitUntil(isSo, { timeout: 10_000 });
}

function focused(): Promise<string | null | undefined> {
  return inspector.page.evaluate(() => {
    const { activeElement } = document;
    return activeElement?.getAttribute("aria-label") ?? activeElement?.textContent;
  });
}

describe("calls", () => {
  it("appear as they come, with who called and how it ended", async () => {
    inspector = await inspect(browser);
    await inspector.page.getByText("No calls yet").waitFor();
    await client().accounts.createTeam({ name: "acme" });
    await client()
      .accounts.createTeam({ name: "No!" })
      .catch(() => {});
    await until(async () => (await inspector.calls.count()) === 2);
    const [newest, first] = await inspector.calls.allInnerTexts();
    expect(first?.split("\n").map((line) => line.trim())).toEqual([
      "CreateTeamAccount",
      "00:00:00",
      `vydon · ${ada}`,
      "ok",
    ]);
    expect(newest).toContain("invalid_argument");
  });

  it("show their request and their response side by side", async () => {
    inspector = await inspect(browser);
    const { accountId } = await client().accounts.createTeam({ name: "acme" });
    await inspector.calls.click();
    const request = inspector.detail.getByRole("region", { name: "Request" });
    const response = inspector.detail.getByRole("region", { name: "Response" });
    expect(JSON.parse((await request.textContent()) ?? "")).toEqual({ name: "acme" });
    expect(JSON.parse((await response.textContent()) ?? "")).toMatchObject({ accountId });
    const boxes = await Promise.all([request.boundingBox(), response.boundingBox()]);
    expect(boxes[0]?.y).toBe(boxes[1]?.y);
    await inspector.press("Copy JSON");
    const copied = await inspector.page.evaluate(() => navigator.clipboard.readText());
    expect(JSON.parse(copied)).toMatchObject({ method: "CreateTeamAccount", code: "ok" });
  });

  it("with several attempts are one call, with the attempts side by side and the faults that hit them", async () => {
    inspector = await inspect(browser);
    inspector.server.faults.inject({ method: "GetUserAccounts", code: "unavailable", times: 2 });
    await client(ada, { maxDelayMs: 1 }).accounts.list().toArray();
    await until(async () => (await inspector.calls.count()) === 1);
    expect(await inspector.calls.textContent()).toMatch(/×3ok/);
    const attempts = inspector.detail.getByRole("list", { name: "Attempts" }).getByRole("listitem");
    const texts = await attempts.allInnerTexts();
    expect(texts.map((text) => /unavailable|ok/.exec(text)?.[0])).toEqual([
      "unavailable",
      "unavailable",
      "ok",
    ]);
    expect(texts[0]).toContain("Fault: unavailable");
    expect(texts[0]).toContain("GetUserAccounts, 2 times");
    const tops = await Promise.all((await attempts.all()).map((each) => each.boundingBox()));
    expect(new Set(tops.map((box) => box?.y)).size).toBe(1);
  });

  it("are found by a search and by their outcome", async () => {
    inspector = await inspect(browser);
    await client().users.current();
    await client("grace@example.com").accounts.list().toArray();
    await until(async () => (await inspector.calls.count()) === 2);
    await inspector.page.getByLabel("Search calls").fill("GRACE");
    expect(await inspector.calls.count()).toBe(1);
    await inspector.page.getByLabel("Outcome").selectOption("Failed");
    await inspector.page.getByText("No call matches").waitFor();
  });

  it("are forgotten when the log is cleared", async () => {
    inspector = await inspect(browser);
    await client().users.current();
    await inspector.calls.waitFor();
    await inspector.press("Clear");
    await inspector.page.getByText("No calls yet").waitFor();
    expect(inspector.server.calls.count).toBe(0);
  });

  it("with HTML in them show it as text", async () => {
    inspector = await inspect(browser);
    const email = "<img src=x onerror=alert(1)>@example.com";
    await client(email).users.current();
    await client(email)
      .accounts.createTeam({ name: "<script>alert(1)</script>" })
      .catch(() => {});
    await inspector.calls.getByText(email).waitFor();
    await inspector.detail.getByText("<script>alert(1)</script>").first().waitFor();
    await inspector.tab("Tables");
    await inspector.press("users 1");
    await inspector.page.getByRole("cell", { name: email }).first().waitFor();
    expect(await inspector.page.locator("main img, main script").count()).toBe(0);
  });
});

describe("tables", () => {
  it("have the rows of the server, a search, and a row in full", async () => {
    inspector = await inspect(browser, { path: "/#/tables" });
    const { server, page } = inspector;
    const members = [{ email: ada }, { email: "grace@example.com" }];
    server.seed({ vydon: { accounts: [{ name: "acme", members }] } });
    await inspector.tab("Calls");
    await client().users.current();
    await inspector.tab("Tables");
    await inspector.press("users 2");
    const rows = page.getByRole("row");
    await until(async () => (await rows.count()) === 3);
    await page.getByLabel("Search rows").fill("grace");
    expect(await rows.count()).toBe(2);
    const { userId: id } = server.vydon.signIn({ email: "grace@example.com" });
    await inspector.press(id);
    const row = JSON.parse((await page.getByRole("dialog").locator("pre").textContent()) ?? "");
    expect(row).toMatchObject({ id });
    await page.keyboard.press("Escape");
    expect(await focused()).toBe(id);
    await page.getByLabel("Search rows").fill("nobody");
    await page.getByText("None of 2 rows has “nobody” in it.").waitFor();
  });
});

describe("faults", () => {
  it("are set, hit, and end", async () => {
    inspector = await inspect(browser, { path: "/#/faults" });
    const { page } = inspector;
    await page.getByLabel("RPC").fill("vydon.GetUser");
    await page.getByLabel("What happens").selectOption("Error: resource_exhausted");
    await page.getByText("More conditions").click();
    await page.getByLabel("Retry-After").fill("2");
    await page.getByLabel("Error text").fill("not so fast");
    await inspector.press("Set fault");
    await inspector.told("The fault is set");
    await expect(client().users.current()).rejects.toMatchObject({
      code: "resource_exhausted",
      rawMessage: "not so fast",
      retryAfterMs: 2_000,
    });
    await page.getByText("1 hit").waitFor();
    await page.getByRole("button", { name: "End fault-1" }).click();
    await inspector.told("The fault has ended");
    expect(inspector.server.faults.all()).toEqual([]);
    await client().users.current();
  });

  it("may break the wire, or be late only", async () => {
    inspector = await inspect(browser, { path: "/#/faults" });
    const { page, server } = inspector;
    await page.getByLabel("What happens").selectOption("Gateway: 502 with an HTML page");
    await page.getByLabel("How many times").fill("1");
    await inspector.press("Set fault");
    await page.getByText("html_502").waitFor();
    await page.getByLabel("What happens").selectOption("Late only");
    await page.getByLabel("How many times").fill("");
    await page.getByLabel("Late by").fill("1500");
    await inspector.press("Set fault");
    await page.getByText("1.5 s late").waitFor();
    expect(server.faults.all().map(({ options }) => options)).toEqual([
      { wire: "html_502", times: 1 },
      { latencyMs: 1_500 },
    ]);
    await inspector.press("End all");
    await page.getByText("No faults", { exact: true }).waitFor();
  });

  it("that make no sense are refused with the server's words", async () => {
    inspector = await inspect(browser, { path: "/#/faults" });
    await inspector.page.getByLabel("RPC").fill("GetUsr");
    await inspector.press("Set fault");
    await inspector.alert.getByText('did you mean "GetUser"').waitFor();
    expect(inspector.refusals).toEqual([400]);
  });
});

describe("the clock", () => {
  it("moves, runs, and stops", async () => {
    inspector = await inspect(browser, { path: "/#/clock" });
    const { page, server } = inspector;
    const now = () => new Date(server.clock.now()).toISOString();
    await inspector.press("+1 h");
    await page.getByText("01:00:00", { exact: true }).waitFor();
    await inspector.press("+25 h");
    await page.getByText("2 January 2026").waitFor();
    await inspector.press("+14 d");
    await page.getByText("16 January 2026").waitFor();
    expect(now()).toBe("2026-01-16T02:00:00.000Z");
    await page.getByLabel("Date and time").fill("2027-02-03T04:05:00");
    await inspector.press("Set clock");
    await page.getByText("3 February 2027").waitFor();
    expect(now()).toBe("2027-02-03T04:05:00.000Z");
    await inspector.press("Run");
    await inspector.told("The clock runs");
    expect(server.clock.isRunning).toBe(true);
    await inspector.press("Freeze");
    await inspector.told("The clock stands still");
    expect(server.clock.isRunning).toBe(false);
  });
});

describe("sign-in", () => {
  it("gives a token that works, to copy", async () => {
    inspector = await inspect(browser, { path: "/#/sign-in" });
    const { page, url } = inspector;
    await page.getByLabel("Email").fill(ada);
    await inspector.press("Sign in");
    await inspector.press("Copy token");
    await page.getByRole("button", { name: "Copied" }).waitFor();
    const token = await page.evaluate(() => navigator.clipboard.readText());
    const { id } = await new VydonClient({ baseUrl: url, auth: token }).users.current();
    expect(id).toBe(inspector.server.vydon.signIn({ email: ada }).userId);
    await inspector.press("Copy curl");
    const curl = await page.evaluate(() => navigator.clipboard.readText());
    expect(curl).toContain(`curl ${url}/mgmt.v1alpha1.UserAccountService/GetUser `);
    expect(curl).toContain(`Bearer ${token}`);
  });

  it.each([
    ["Ona", "account"],
    ["Fetch Ads Manager", "user"],
  ])("works for %s", async (api, kind) => {
    inspector = await inspect(browser, { path: "/#/sign-in" });
    const { page } = inspector;
    await page.getByLabel("API").selectOption(api);
    await page.getByLabel("Email").fill(ada);
    await inspector.press("Sign in");
    const token = page.getByRole("listitem").filter({ hasText: ada });
    await token.getByText(`${kind} `).waitFor();
    expect((await token.locator("code").textContent())?.length).toBeGreaterThan(20);
  });

  it("without an email says what is missing", async () => {
    inspector = await inspect(browser, { path: "/#/sign-in" });
    await inspector.press("Sign in");
    await inspector.alert.getByText("email").waitFor();
  });
});

describe("state", () => {
  it("takes a seed, and says what is wrong with one", async () => {
    inspector = await inspect(browser, { path: "/#/state" });
    const { page, server } = inspector;
    await inspector.press("Add seed");
    await inspector.told("The seed was added");
    expect(server.vydon.account("acme").name).toBe("acme");
    const seed = page.getByLabel("Seed as JSON");
    await seed.fill('{"vydon": {"acounts": []}}');
    await inspector.press("Add seed");
    await inspector.alert.getByText('did you mean "accounts"').waitFor();
    await seed.fill("{");
    await inspector.press("Add seed");
    await inspector.alert.getByText("This is not JSON").waitFor();
  });

  it("saves a seed to a file and opens one", async () => {
    inspector = await inspect(browser, { path: "/#/state" });
    const { page, server } = inspector;
    const chosen = page.waitForEvent("filechooser");
    await inspector.press("Open file…");
    const text = '{"vydon": {"accounts": [{"name": "bolts"}]}}';
    await (await chosen).setFiles({
      name: "s.json",
      mimeType: "application/json",
      buffer: Buffer.from(text),
    });
    await until(async () => (await page.getByLabel("Seed as JSON").inputValue()) === text);
    const saved = page.waitForEvent("download");
    await inspector.press("Save to file");
    expect((await saved).suggestedFilename()).toBe("seed.json");
    expect(await readFile(await (await saved).path(), "utf8")).toBe(text);
    await inspector.press("Add seed");
    await inspector.told("The seed was added");
    expect(server.vydon.account("bolts").name).toBe("bolts");
  });

  it("saves a snapshot and loads it", async () => {
    inspector = await inspect(browser, { path: "/#/state" });
    const { page, server } = inspector;
    server.seed({ vydon: { accounts: [{ name: "acme" }] } });
    const before = server.snapshot();
    const saved = page.waitForEvent("download");
    await inspector.press("Save snapshot");
    const file = await (await saved).path();
    expect(JSON.parse(await readFile(file, "utf8"))).toEqual(before);

    server.seed({ vydon: { accounts: [{ name: "bolts" }] } });
    const chosen = page.waitForEvent("filechooser");
    await inspector.press("Load snapshot…");
    await (await chosen).setFiles(file);
    await inspector.told("The snapshot was loaded");
    expect(server.snapshot()).toEqual(before);
  });

  it("goes back to the seed", async () => {
    inspector = await inspect(browser, { path: "/#/state" });
    await client().users.current();
    await inspector.press("Reset");
    await inspector.told("Back to the last seed");
    expect(inspector.server.calls.count).toBe(0);
  });
});

describe("worlds", () => {
  const choice = () => inspector.page.getByRole("combobox", { name: "World" });

  it("are made, looked at, and ended", async () => {
    inspector = await inspect(browser);
    const { page, server } = inspector;
    await client().users.current();
    await inspector.calls.waitFor();
    await choice().selectOption("New world…");
    await page.getByLabel("Name of the new world").fill("checkout-7");
    await page.keyboard.press("Enter");
    await inspector.told("The world checkout-7 is made");
    await page.getByText("No calls yet").waitFor();
    expect(new URL(page.url()).search).toBe("?world=checkout-7");

    const { token } = server.worlds.get("checkout-7")?.vydon.signIn({ email: "grace@example.com" }) ?? {};
    await new VydonClient({ baseUrl: `${inspector.url}/w/checkout-7`, auth: token ?? "" }).users.current();
    await inspector.calls.getByText("grace@example.com").waitFor();
    await inspector.tab("Clock");
    await inspector.press("+1 h");
    await inspector.told("The clock moved");
    expect(server.worlds.get("checkout-7")?.clock.now()).toBe(server.clock.now() + 3_600_000);

    await inspector.press("End this world");
    await inspector.told("The world checkout-7 has ended");
    expect(server.worlds.list()).toEqual([]);
    await inspector.tab("Calls");
    await inspector.calls.getByText(ada).waitFor();
  });

  it("are switched by the choice, and by the browser's own buttons", async () => {
    inspector = await inspect(browser);
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

  it("that were made by others appear, and those that ended say so", async () => {
    inspector = await inspect(browser);
    const { page, server } = inspector;
    server.worlds.create("theirs");
    await choice().locator("option", { hasText: "theirs" }).waitFor({ state: "attached" });
    await choice().selectOption("theirs");
    await page.getByText("No calls yet").waitFor();
    server.worlds.end("theirs");
    await inspector.alert.getByText("The world theirs does not respond").waitFor();
    await choice().selectOption("The server");
    await inspector.alert.waitFor({ state: "hidden" });
  });

  it("are refused with the server's words", async () => {
    inspector = await inspect(browser);
    const { page } = inspector;
    await choice().selectOption("New world…");
    await page.getByLabel("Name of the new world").fill("no spaces");
    await inspector.press("Make");
    await inspector.alert.getByText("is not a name for a world").waitFor();
    await page.getByLabel("Name of the new world").press("Escape");
    expect(await focused()).toBe("World");
  });

  it("are hidden if the server has none", async () => {
    inspector = await inspect(browser, {
      before: async (page) => void (await page.route("**/worlds", (route) => route.fulfill({ status: 404 }))),
    });
    expect(await choice().count()).toBe(0);
  });
});

describe("by keyboard alone", () => {
  it("a call is found, read and left", async () => {
    inspector = await inspect(browser);
    const { page } = inspector;
    await client().users.current();
    await client().accounts.createTeam({ name: "acme" });
    await until(async () => (await inspector.calls.count()) === 2);
    for (let i = 0; i < 20 && (await focused()) !== "Calls, newest first"; i++)
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
    // The chosen call stays when another one comes; Escape follows the newest again.
    await client().accounts.list().toArray();
    await until(async () => (await inspector.calls.count()) === 3);
    expect(await title()).toBe("vydon.GetUser");
    await page.keyboard.press("Escape");
    expect(await title()).toBe("vydon.GetUserAccounts");
  });

  it("every tab is reached, and its first field has the next focus", async () => {
    inspector = await inspect(browser);
    const { page } = inspector;
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Skip to the content");
    for (const name of tabs) {
      await page.getByRole("link", { name, exact: false }).first().focus();
      await page.keyboard.press("Enter");
      await page.getByRole("heading", { level: 1, name }).waitFor();
      await page.keyboard.press("Tab");
      expect(await page.evaluate(() => document.activeElement?.matches(":focus-visible"))).toBe(true);
    }
  });

  it("somebody signs in", async () => {
    inspector = await inspect(browser, { path: "/#/sign-in" });
    const { page } = inspector;
    await page.getByLabel("Email").focus();
    await page.keyboard.type(ada);
    await page.keyboard.press("Enter");
    await inspector.told(`${ada} is signed in`);
  });

  it("on a small screen, a call opens and closes", async () => {
    inspector = await inspect(browser, { viewport: { width: 390, height: 844 } });
    const { page } = inspector;
    await client().users.current();
    await inspector.calls.waitFor();
    await page.getByRole("listbox").focus();
    await page.keyboard.press("Enter");
    await inspector.detail.waitFor();
    expect(await focused()).toBe("All calls");
    await page.keyboard.press("Enter");
    await inspector.calls.waitFor();
    expect(await focused()).toBe("Calls, newest first");
  });
});

describe.each(["light", "dark"] as const)("in %s", (colorScheme) => {
  it.each([1280, 390])("axe finds nothing at a width of %i, and nothing sticks out", async (width) => {
    inspector = await inspect(browser, { colorScheme, viewport: { width, height: 844 } });
    const { page, server } = inspector;
    for (const name of tabs) {
      await inspector.tab(name);
      expect(await inspector.audit(), `${name}, empty`).toEqual([]);
    }
    server.seed({ vydon: { accounts: [{ name: "acme", members: [{ email: ada }] }] } });
    server.faults.inject({ method: "GetUserAccounts", code: "unavailable", times: 2 });
    await client(ada, { maxDelayMs: 1 }).accounts.list().toArray();
    await client(`${"a".repeat(60)}@example.com`).users.current();
    await inspector.tab("Sign in");
    await page.getByLabel("Email").fill(ada);
    await inspector.press("Sign in");
    await inspector.told("is signed in");
    for (const name of tabs) {
      await inspector.tab(name);
      if (name === "Calls") {
        const list = page.getByRole("listbox", { name: "Calls" });
        expect(await list.evaluate((each) => each.scrollWidth - each.clientWidth)).toBe(0);
        await inspector.calls.last().click();
      }
      if (name === "Tables") await page.getByRole("row").nth(1).waitFor();
      expect(await inspector.audit(), name).toEqual([]);
      expect(await page.evaluate(() => document.documentElement.scrollWidth), name).toBe(width);
    }
  });
});

it("asks nothing while nobody sees it", async () => {
  inspector = await inspect(browser);
  const { page, requested } = inspector;
  const turn = (state: string) =>
    page.evaluate((visibility) => {
      Object.defineProperty(document, "visibilityState", { value: visibility, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, state);
  await turn("hidden");
  // Polls that were under way end.
  await page.waitForLoadState("networkidle");
  const before = requested.length;
  await page.waitForTimeout(1_500);
  expect(requested.length).toBe(before);
  await turn("visible");
  await until(() => requested.length > before);
});

it("says so if the server goes away, and goes on when it is back", async () => {
  inspector = await inspect(browser);
  const { page } = inspector;
  await page.route("**/tenantry.mock.v1.AdminService/*", (route) => route.abort());
  await inspector.alert.getByText("The server does not respond").waitFor();
  await page.unroute("**/tenantry.mock.v1.AdminService/*");
  await inspector.alert.waitFor({ state: "hidden" });
});
