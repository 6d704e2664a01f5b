import { describe, expect, it } from "vitest";
import { useStage } from "./support/use-stage.js";

const stage = useStage();
const narrow = { viewport: { width: 390, height: 844 } };

describe("the example's API keys", () => {
  it("are listed by name with their expiry, and keys that expire soon are marked", async () => {
    const admin = await stage.enter();
    const rows = admin.apiKeys.getByRole("listitem");
    expect(await rows.locator(".row-name").allTextContents()).toEqual(["nightly-sync", "reports"]);
    expect(await rows.nth(0).locator(".row-detail").textContent()).toMatch(/^Expires on \w{3} \d+, \d{4}$/);
    expect(await rows.nth(1).locator(".row-detail").textContent()).toMatch(/^SoonExpires in 5 days$/);
  });

  it("can be created, and a new key's value is shown once with a copy button", async () => {
    const admin = await stage.enter({ permissions: ["clipboard-read", "clipboard-write"] });
    const { page, dialog, apiKeys } = admin;
    await apiKeys.getByRole("button", { name: "New key" }).click();
    await dialog.getByLabel("Name").fill("importer");
    await dialog.getByLabel("Good for").selectOption({ label: "30 days" });
    await dialog.getByRole("button", { name: "Create key" }).click();
    await dialog.getByText("It is not shown again").waitFor();
    expect(await admin.focused()).toBe("Copy");
    const value = await dialog.getByLabel("API key").inputValue();
    expect(value).toMatch(/^neo_at_v1_/);
    await page.keyboard.press("Enter");
    await dialog.getByText("Copied.").waitFor();
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(value);
    // Escape does not close the dialog, so the value is not lost by mistake.
    await page.keyboard.press("Escape");
    expect(await dialog.getByLabel("API key").inputValue()).toBe(value);
    await dialog.getByRole("button", { name: "Done" }).click();
    expect(await admin.focused()).toBe("New key");
    expect(await apiKeys.locator(".row-name").allTextContents()).toEqual([
      "importer",
      "nightly-sync",
      "reports",
    ]);
    expect(await page.content()).not.toContain(value);
  });

  it("are selected for copying by hand if the browser blocks the clipboard", async () => {
    const admin = await stage.enter();
    const { page, dialog, apiKeys } = admin;
    await page.evaluate(() => {
      Object.defineProperty(navigator, "clipboard", {
        value: { writeText: () => Promise.reject(new Error("not allowed")) },
      });
    });
    await apiKeys.getByRole("button", { name: "New key" }).click();
    await dialog.getByLabel("Name").fill("importer");
    await page.keyboard.press("Enter");
    await dialog.getByRole("button", { name: "Copy" }).click();
    await dialog.getByText("The value is selected: copy it by hand.").waitFor();
    expect(await page.evaluate(() => getSelection()?.toString())).toMatch(/^neo_at_v1_/);
  });

  it("cannot have a name that is taken or invalid, and the field shows the error", async () => {
    const admin = await stage.enter();
    const { dialog, apiKeys } = admin;
    await apiKeys.getByRole("button", { name: "New key" }).click();
    const name = dialog.getByLabel("Name");
    for (const [text, objection] of [
      ["No Good!", "Use 3 to 100 lower-case letters, digits and dashes."],
      ["reports", "This team already has a key with this name."],
    ] as const) {
      await name.fill(text);
      await name.press("Enter");
      await dialog.getByRole("alert").getByText(objection).waitFor();
      expect(await name.getAttribute("aria-invalid")).toBe("true");
      expect(await name.evaluate((field) => field === document.activeElement)).toBe(true);
    }
    await name.fill("reports-2");
    await name.press("Enter");
    await dialog.getByText("It is not shown again").waitFor();
    expect(admin.failedStatuses).toEqual([400, 500]);
  });

  it("can be regenerated with a new value and a new expiry", async () => {
    const admin = await stage.enter();
    const { dialog, apiKeys } = admin;
    await apiKeys.getByRole("button", { name: "Regenerate reports" }).click();
    expect(await admin.focused()).toBe("Keep");
    await dialog.getByText("Programs that use the old one are refused at once.").waitFor();
    await dialog.getByRole("button", { name: "Regenerate" }).click();
    await dialog.getByText("It is not shown again").waitFor();
    expect(await dialog.getByLabel("API key").inputValue()).toMatch(/^neo_at_v1_/);
    await dialog.getByRole("button", { name: "Done" }).click();
    expect(await admin.focused()).toBe("Regenerate reports");
    expect(await apiKeys.getByText("Soon").count()).toBe(0);
    expect(await apiKeys.locator(".row-name").allTextContents()).toEqual(["nightly-sync", "reports"]);
  });

  it("are deleted after a confirmation, and then the list has the focus", async () => {
    const admin = await stage.enter();
    const { page, dialog, apiKeys } = admin;
    for (const name of ["reports", "nightly-sync"]) {
      await apiKeys.getByRole("button", { name: `Delete ${name}` }).click();
      expect(await admin.focused()).toBe("Keep");
      await page.keyboard.press("Escape");
      expect(await admin.focused()).toBe(`Delete ${name}`);
      await page.keyboard.press("Enter");
      await dialog.getByRole("button", { name: "Delete" }).click();
      await admin.notice.getByText(`${name} was deleted`).waitFor();
      expect(await apiKeys.getByText(name).count()).toBe(0);
      expect(await admin.focused()).toBe("API keys");
    }
    await apiKeys.getByText("No API keys").waitFor();
  });

  it("have no buttons for a viewer after a change has failed with permission_denied", async () => {
    const admin = await stage.enter();
    await admin.demo("Become a viewer");
    await admin.apiKeys.getByRole("button", { name: "New key" }).click();
    await admin.dialog.getByLabel("Name").fill("importer");
    await admin.page.keyboard.press("Enter");
    await admin.dialog.getByText("You may not do this").waitFor();
    await admin.page.keyboard.press("Escape");
    // After the error, the page loads the permissions again.
    await admin.apiKeys.getByRole("button").first().waitFor({ state: "detached" });
    expect(await admin.apiKeys.getByRole("button").count()).toBe(0);
    expect(await admin.apiKeys.getByRole("listitem").count()).toBe(2);
  });

  it.each([
    ["wide and light", {}],
    ["wide and dark", { colorScheme: "dark" }],
    ["narrow and light", narrow],
    ["narrow and dark", { ...narrow, colorScheme: "dark" }],
  ] as const)("have no axe violation in their dialogs: %s", async (_name, options) => {
    const admin = await stage.enter({ ...options, reducedMotion: "reduce" });
    const { page, dialog, apiKeys } = admin;
    await apiKeys.getByRole("button", { name: "Delete reports" }).click();
    expect(await admin.audit()).toEqual([]);
    await page.keyboard.press("Escape");
    await apiKeys.getByRole("button", { name: "Regenerate reports" }).click();
    expect(await admin.audit()).toEqual([]);
    await page.keyboard.press("Escape");
    await apiKeys.getByRole("button", { name: "New key" }).click();
    await dialog.getByRole("button", { name: "Create key" }).click();
    await admin.alert.waitFor();
    expect(await admin.audit()).toEqual([]);
    await dialog.getByLabel("Name").fill("importer");
    await dialog.getByRole("button", { name: "Create key" }).click();
    await dialog.getByText("It is not shown again").waitFor();
    expect(await admin.audit()).toEqual([]);
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(sideways).toBeLessThanOrEqual(0);
  });
});
