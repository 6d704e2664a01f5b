import { readFile } from "node:fs/promises";
import { VydonClient } from "tenantry";
import { describe, expect, it } from "vitest";
import { until } from "../support/until.js";
import type { Inspector } from "./support/inspector.js";
import { useInspector } from "./support/use-inspector.js";

const ada = "ada@example.com";

const inspect = useInspector();
let inspector: Inspector;

describe("the inspector's Faults tab", () => {
  it("sets a fault, shows its hits, and ends it", async () => {
    inspector = await inspect({ path: "/#/faults" });
    const { page } = inspector;
    await page.getByLabel("RPC").fill("vydon.GetUser");
    await page.getByLabel("What happens").selectOption("Error: resource_exhausted");
    await page.getByText("More conditions").click();
    await page.getByLabel("Retry-After").fill("2");
    await page.getByLabel("Error text").fill("not so fast");
    await inspector.press("Set fault");
    await inspector.waitForNotice("The fault is set");
    await expect(inspector.client().users.current()).rejects.toMatchObject({
      code: "resource_exhausted",
      rawMessage: "not so fast",
      retryAfterMs: 2_000,
    });
    await page.getByText("1 hit").waitFor();
    await page.getByRole("button", { name: "End fault-1" }).click();
    await inspector.waitForNotice("The fault has ended");
    expect(inspector.server.faults.all()).toEqual([]);
    await inspector.client().users.current();
  });

  it("sets wire faults and faults that only delay", async () => {
    inspector = await inspect({ path: "/#/faults" });
    const { page, server } = inspector;
    await page.getByLabel("What happens").selectOption("Gateway: 502 with an HTML page");
    await page.getByLabel("How many times").fill("1");
    await inspector.press("Set fault");
    await page.getByText("html_502").waitFor();
    await page.getByLabel("What happens").selectOption("Delay only");
    await page.getByLabel("How many times").fill("");
    await page.getByLabel("Delay, in ms").fill("1500");
    await inspector.press("Set fault");
    await page.getByText("delayed by 1.5 s").waitFor();
    expect(server.faults.all().map(({ options }) => options)).toEqual([
      { wire: "html_502", times: 1 },
      { latencyMs: 1_500 },
    ]);
    await inspector.press("End all");
    await page.getByText("No faults", { exact: true }).waitFor();
  });

  it("shows the server's error for an invalid fault", async () => {
    inspector = await inspect({ path: "/#/faults" });
    await inspector.page.getByLabel("RPC").fill("GetUsr");
    await inspector.press("Set fault");
    await inspector.alert.getByText('did you mean "GetUser"').waitFor();
    expect(inspector.failedStatuses).toEqual([400]);
  });

  it("shows an error, and sets no fault, if a number field contains other text", async () => {
    inspector = await inspect({ path: "/#/faults" });
    const delay = inspector.page.getByLabel("Delay, in ms");
    await delay.pressSequentially("1e");
    await inspector.press("Set fault");
    await inspector.alert.getByText("Delay, in ms: this is not a number").waitFor();
    expect(inspector.server.faults.all()).toEqual([]);
  });
});

describe("the inspector's Clock tab", () => {
  it("advances, sets, runs and freezes the server's clock", async () => {
    inspector = await inspect({ path: "/#/clock" });
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
    await inspector.waitForNotice("The clock runs");
    expect(server.clock.isRunning).toBe(true);
    await inspector.press("Freeze");
    await inspector.waitForNotice("The clock stands still");
    expect(server.clock.isRunning).toBe(false);
  });

  it("keeps an incomplete time, and shows the server's error for it", async () => {
    inspector = await inspect({ path: "/#/clock" });
    const { page } = inspector;
    const time = page.getByLabel("Date and time");
    await time.focus();
    await page.keyboard.press("Backspace");
    for (let polls = 0; polls < 2; polls++) await page.waitForResponse(/GetClock$/);
    expect(await time.evaluate((each: HTMLInputElement) => each.validity.badInput)).toBe(true);
    await inspector.press("Set clock");
    await inspector.alert.getByText("to is missing").waitFor();
  });
});

describe("the inspector's Sign in tab", () => {
  it("shows a valid token, and copies it or a curl command", async () => {
    inspector = await inspect({ path: "/#/sign-in" });
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
    ["refuses the clipboard", true],
    ["refuses both ways to copy", false],
  ])("shows whether a token was copied if the browser %s", async (_name, canFallBack) => {
    inspector = await inspect({ path: "/#/sign-in" });
    const { page } = inspector;
    await page.evaluate((works) => {
      const writeText = () => Promise.reject(new Error("not allowed"));
      Object.defineProperty(navigator, "clipboard", { value: { writeText }, configurable: true });
      if (!works) document.execCommand = () => false;
    }, canFallBack);
    await page.getByLabel("Email").fill(ada);
    await inspector.press("Sign in");
    await inspector.press("Copy token");
    await page.getByRole("button", { name: canFallBack ? "Copied" : "Not copied" }).waitFor();
  });

  it.each([
    ["Ona", "account"],
    ["Fetch Ads Manager", "user"],
  ])("shows a token for %s", async (api, kind) => {
    inspector = await inspect({ path: "/#/sign-in" });
    const { page } = inspector;
    await page.getByLabel("API").selectOption(api);
    await page.getByLabel("Email").fill(ada);
    await inspector.press("Sign in");
    const token = page.getByRole("listitem").filter({ hasText: ada });
    await token.getByText(`${kind} `).waitFor();
    expect((await token.locator("code").textContent())?.length).toBeGreaterThan(20);
  });

  it("shows an error if the email is empty", async () => {
    inspector = await inspect({ path: "/#/sign-in" });
    await inspector.press("Sign in");
    await inspector.alert.getByText("email").waitFor();
  });
});

describe("the inspector's State tab", () => {
  it("adds a seed, and shows the error of an invalid one", async () => {
    inspector = await inspect({ path: "/#/state" });
    const { page, server } = inspector;
    await inspector.press("Add seed");
    await inspector.waitForNotice("The seed was added");
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
    inspector = await inspect({ path: "/#/state" });
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
    await inspector.waitForNotice("The seed was added");
    expect(server.vydon.account("bolts").name).toBe("bolts");
  });

  it("saves a snapshot to a file and loads it again", async () => {
    inspector = await inspect({ path: "/#/state" });
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
    await inspector.waitForNotice("The snapshot was loaded");
    expect(server.snapshot()).toEqual(before);
  });

  it('"Reset" goes back to the last seed', async () => {
    inspector = await inspect({ path: "/#/state" });
    await inspector.client().users.current();
    await inspector.press("Reset");
    await inspector.waitForNotice("The server was reset");
    expect(inspector.server.calls.count).toBe(0);
  });
});
