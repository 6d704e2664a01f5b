import { describe, expect, it } from "vitest";
import { useStage } from "./support/use-stage.js";

const narrow = { viewport: { width: 390, height: 844 } };
const stage = useStage();

describe("the example's page", () => {
  it("shows the members, the billing, the invites and the API keys, and logs nothing to the console", async () => {
    const admin = await stage.enter();
    expect(await admin.members.getByRole("listitem").count()).toBe(8);
    expect(await admin.billing.getByText("Your subscription renews by itself.").count()).toBe(1);
    expect(await admin.invites.getByText(/\d+ h left/).count()).toBe(1);
    expect(await admin.apiKeys.getByRole("listitem").count()).toBe(2);
    expect(admin.failedStatuses).toEqual([]);
  });

  it.each([
    ["wide", {}],
    ["narrow", narrow],
  ] as const)("shows who is signed in: %s", async (_name, options) => {
    const admin = await stage.enter(options);
    const header = admin.page.getByRole("banner");
    expect(await header.getByText("Ada", { exact: true }).count()).toBe(1);
    expect(await header.textContent()).toContain("Signed in as");
    expect(await header.locator(".avatar").isVisible()).toBe(true);
    expect(await header.getByText("ada@example.com").count()).toBe(1);
  });

  it.each([
    ["wide and light", {}],
    ["wide and dark", { colorScheme: "dark" }],
    ["narrow and light", narrow],
    ["narrow and dark", { ...narrow, colorScheme: "dark" }],
  ] as const)("has no axe violation, also in dialogs: %s", async (_name, options) => {
    // During an animation, colours can have too little contrast.
    const admin = await stage.enter({ ...options, reducedMotion: "reduce" });
    expect(await admin.audit()).toEqual([]);
    const { page, dialog } = admin;
    await page.getByRole("button", { name: "Hide the demo" }).click();
    expect(await admin.audit()).toEqual([]);
    await page.getByRole("button", { name: "Invite a member" }).click();
    await dialog.getByRole("button", { name: "Send invite" }).click();
    await admin.alert.waitFor();
    expect(await admin.audit()).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Remove Grace" }).click();
    expect(await admin.audit()).toEqual([]);
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(sideways).toBeLessThanOrEqual(0);
  });

  it("does not shift its layout while it loads", async () => {
    const admin = await stage.enter();
    await admin.demo("Slow server");
    await admin.members.locator(".skeleton").first().waitFor();
    await admin.members.getByText("27 people").waitFor();
    const shift = await admin.page.evaluate(async () => {
      let sum = 0;
      await new Promise<void>((resolve) => {
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            // The log of calls grows at its top.
            const moved = "sources" in entry && Array.isArray(entry.sources) ? entry.sources : [];
            const isOfApp = moved.some(({ node }) => node?.parentElement?.closest(".app"));
            if (isOfApp && "value" in entry && typeof entry.value === "number") sum += entry.value;
          }
          resolve();
        }).observe({ type: "layout-shift", buffered: true });
        setTimeout(resolve, 200);
      });
      return sum;
    });
    expect(shift).toBeLessThan(0.02);
  });

  it("uses the system's colour scheme until the user selects one", async () => {
    const admin = await stage.enter({ colorScheme: "dark" });
    const background = () => admin.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await background();
    await admin.page.getByRole("button", { name: "Light theme" }).click();
    const light = await background();
    expect(light).not.toBe(dark);
    await admin.page.reload();
    await admin.page.getByRole("button", { name: "Dark theme" }).waitFor();
    expect(await background()).toBe(light);
  });
});

describe("the example's invites", () => {
  it("can be sent and withdrawn", async () => {
    const admin = await stage.enter();
    await admin.page.getByRole("button", { name: "Invite a member" }).click();
    await admin.dialog.getByLabel("Email").fill("jean@example.com");
    await admin.dialog.getByLabel("Role").selectOption({ label: "Executor" });
    await admin.dialog.getByRole("button", { name: "Send invite" }).click();
    await admin.notice.getByText("jean@example.com is invited").waitFor();
    expect(await admin.dialog.count()).toBe(0);
    await admin.invites.getByText("Executor · 24 h left").waitFor();
    await admin.invites.getByRole("button", { name: "Withdraw the invite to jean@example.com" }).click();
    await admin.notice.getByText("Invite withdrawn").waitFor();
    expect(await admin.invites.getByText("jean@example.com").count()).toBe(0);
    expect(await admin.focused()).toBe("Open invites");
  });

  it("are not sent to an invalid email address, and the field shows the error", async () => {
    const admin = await stage.enter();
    const sent: string[] = [];
    admin.page.on("request", (request) => {
      if (request.url().endsWith("/InviteUserToTeamAccount")) sent.push(request.postData() ?? "");
    });
    await admin.page.getByRole("button", { name: "Invite a member" }).click();
    const email = admin.dialog.getByLabel("Email");
    const send = admin.dialog.getByRole("button", { name: "Send invite" });
    for (const text of ["", "notmail", "jean@", "@example.com", "jean@example", "jean b@example.com"]) {
      await email.fill(text);
      await send.click();
      await admin.dialog.getByRole("alert").getByText("Enter an email address, such as").waitFor();
      expect(await email.getAttribute("aria-invalid")).toBe("true");
      expect(await email.evaluate((field) => field === document.activeElement)).toBe(true);
      const note = await email.evaluate(
        (field) => document.getElementById(field.getAttribute("aria-describedby") ?? "")?.textContent,
      );
      expect(note).toContain("Enter an email address, such as grace@example.com.");
    }
    expect(sent).toEqual([]);
    await email.fill(" jean@example.com ");
    await send.click();
    await admin.notice.getByText("jean@example.com is invited").waitFor();
    expect(sent).toHaveLength(1);
    expect(sent[0]).toContain('"jean@example.com"');
  });
});

describe("the example's teams", () => {
  it("cannot have a name that is taken or invalid, and the field shows the error", async () => {
    const admin = await stage.enter();
    await admin.page.getByRole("button", { name: "New team" }).click();
    const name = admin.dialog.getByLabel("Name");
    await name.fill("No Good!");
    await name.press("Enter");
    await admin.dialog.getByText("Use 3 to 100 lower-case letters, digits and dashes.").waitFor();
    await name.fill("acme");
    await name.press("Enter");
    await admin.dialog.getByText("You already have a team with this name.").waitFor();
    await name.fill("compilers");
    await name.press("Enter");
    await admin.notice.getByText("compilers is ready").waitFor();
    await admin.members.getByText("1 person in compilers").waitFor();
    await admin.invites.getByText("No open invites").waitFor();
    await admin.billing.getByText("Trial").first().waitFor();
    expect(admin.failedStatuses).toEqual([400, 409]);
  });
});

it("the example can be used with the keyboard only", async () => {
  const admin = await stage.enter();
  const { page } = admin;
  const tabTo = async (name: string) => {
    for (let presses = 0; presses < 80; presses += 1) {
      await page.keyboard.press("Tab");
      if ((await admin.focused()) === name) return;
    }
    throw new Error(`Tab does not reach "${name}"`);
  };
  await page.keyboard.press("Tab");
  expect(await admin.focused()).toContain("Skip to the members");
  await page.keyboard.press("Enter");
  await tabTo("Invite a member");
  await page.keyboard.press("Enter");
  await page.keyboard.type("jean@example.com");
  await page.keyboard.press("Tab");
  await page.keyboard.press("d");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await admin.invites.getByText("Developer · 24 h left").waitFor();
  expect(await admin.focused()).toBe("Invite a member");
  await tabTo("Role of Barbara");
  await page.keyboard.press("a");
  await admin.notice.getByText("Barbara is now an admin").waitFor();
  await tabTo("Remove Barbara");
  await page.keyboard.press("Enter");
  await tabTo("Remove");
  await page.keyboard.press("Space");
  await admin.notice.getByText("Barbara was removed").waitFor();
  await tabTo("Withdraw the invite to annie@example.com");
  await page.keyboard.press("Enter");
  await admin.notice.getByText("Invite withdrawn").waitFor();
  await tabTo("Hide the demo");
  await tabTo("Offline");
  await tabTo("Clear");
  await tabTo("Calls, newest first");
});
