import { describe, expect, it } from "vitest";
import { until } from "../support/until.js";
import type { Inspector } from "./support/inspector.js";
import { useInspector } from "./support/use-inspector.js";

const ada = "ada@example.com";

const inspect = useInspector();
let inspector: Inspector;

describe("the inspector's Calls tab", () => {
  it("shows each new call with its caller and outcome", async () => {
    inspector = await inspect();
    await inspector.page.getByText("No calls yet").waitFor();
    await inspector.client().accounts.createTeam({ name: "acme" });
    await inspector
      .client()
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

  it("shows the request and the response of a call side by side, and copies them as JSON", async () => {
    inspector = await inspect();
    const { accountId } = await inspector.client().accounts.createTeam({ name: "acme" });
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

  it("shows several attempts as one call, with each attempt and the faults that applied to it", async () => {
    inspector = await inspect();
    inspector.server.faults.inject({ method: "GetUserAccounts", code: "unavailable", times: 2 });
    await inspector.client(ada, { maxDelayMs: 1 }).accounts.list().toArray();
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

  it("filters the calls by a search text and by outcome", async () => {
    inspector = await inspect();
    await inspector.client().users.current();
    await inspector.client("grace@example.com").accounts.list().toArray();
    await until(async () => (await inspector.calls.count()) === 2);
    await inspector.page.getByLabel("Search calls").fill("GRACE");
    expect(await inspector.calls.count()).toBe(1);
    await inspector.page.getByLabel("Outcome").selectOption("Failed");
    await inspector.page.getByText("No call matches").waitFor();
  });

  it('"Clear" removes all calls', async () => {
    inspector = await inspect();
    await inspector.client().users.current();
    await inspector.calls.waitFor();
    await inspector.press("Clear");
    await inspector.page.getByText("No calls yet").waitFor();
    expect(inspector.server.calls.count).toBe(0);
  });

  it("shows HTML in a call as text", async () => {
    inspector = await inspect();
    const email = "<img src=x onerror=alert(1)>@example.com";
    await inspector.client(email).users.current();
    await inspector
      .client(email)
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

describe("the inspector's Tables tab", () => {
  it("shows the server's rows, filters them, and shows a whole row in a dialog", async () => {
    inspector = await inspect({ path: "/#/tables" });
    const { server, page } = inspector;
    const members = [{ email: ada }, { email: "grace@example.com" }];
    server.seed({ vydon: { accounts: [{ name: "acme", members }] } });
    await inspector.tab("Calls");
    await inspector.client().users.current();
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
    // WebKit stretches the rows of a grid that has the height of its content.
    const alignment = page.getByRole("dialog").evaluate((dialog) => getComputedStyle(dialog).alignContent);
    expect(await alignment).toBe("start");
    await page.keyboard.press("Escape");
    expect(await inspector.focused()).toBe(id);
    await page.getByLabel("Search rows").fill("nobody");
    await page.getByText("The table has 2 rows, but no row contains “nobody”.").waitFor();
  });
});
