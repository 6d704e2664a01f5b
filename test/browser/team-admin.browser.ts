import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { Stage, type TeamAdmin } from "./support/team-admin.js";

const narrow = { viewport: { width: 390, height: 844 } };

let stage: Stage;
let admin: TeamAdmin;

beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage?.close());
afterEach(async () => {
  expect(admin.complaints).toEqual([]);
  await admin.page.context().close();
});

/** The accessible name of what has the focus. */
const focused = () =>
  admin.page.evaluate(
    () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.textContent,
  );

describe("the page", () => {
  it("shows the members, the billing and the invites, and the console stays empty", async () => {
    admin = await stage.enter();
    expect(await admin.members.getByRole("listitem").count()).toBe(8);
    expect(await admin.billing.getByText("Your subscription renews by itself.").count()).toBe(1);
    expect(await admin.invites.getByText(/\d+ h left/).count()).toBe(1);
    expect(admin.refusals).toEqual([]);
  });

  it.each([
    ["wide and light", {}],
    ["wide and dark", { colorScheme: "dark" }],
    ["narrow and light", narrow],
    ["narrow and dark", { ...narrow, colorScheme: "dark" }],
  ] as const)("%s, axe finds nothing, in dialogs and the demo panel neither", async (_name, options) => {
    // Half-way through an animation any colour is too faint.
    admin = await stage.enter({ ...options, reducedMotion: "reduce" });
    expect(await admin.audit()).toEqual([]);
    const { page, dialog } = admin;
    await page.locator(".demo").evaluate((details) => details.toggleAttribute("open", true));
    expect(await admin.audit()).toEqual([]);
    await page.locator(".demo").evaluate((details) => details.toggleAttribute("open", false));
    await page.getByRole("button", { name: "Invite somebody" }).click();
    await dialog.getByRole("button", { name: "Send invite" }).click();
    await admin.alert.waitFor();
    expect(await admin.audit()).toEqual([]);
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Remove Grace" }).click();
    expect(await admin.audit()).toEqual([]);
    const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    expect(sideways).toBeLessThanOrEqual(0);
  });

  it("nothing moves while it loads", async () => {
    admin = await stage.enter();
    await admin.demo("Slow server");
    await admin.members.locator(".skeleton").first().waitFor();
    await admin.members.getByText("27 people").waitFor();
    const shift = await admin.page.evaluate(async () => {
      let sum = 0;
      await new Promise<void>((resolve) => {
        new PerformanceObserver((list) => {
          for (const entry of list.getEntries()) {
            if ("value" in entry && typeof entry.value === "number") sum += entry.value;
          }
          resolve();
        }).observe({ type: "layout-shift", buffered: true });
        setTimeout(resolve, 200);
      });
      return sum;
    });
    expect(shift).toBeLessThan(0.02);
  });

  it("is light or dark as the system is, until the user decides", async () => {
    admin = await stage.enter({ colorScheme: "dark" });
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

describe("members", () => {
  it("are found by a part of their name or email", async () => {
    admin = await stage.enter();
    await admin.search.fill("AR");
    await vi.waitUntil(async () => (await admin.members.locator(".row").count()) === 4);
    const names = await admin.members.locator(".row-name").allTextContents();
    expect(names).toEqual(["Barbara", "Karen", "Margaret", "Mary"]);
    expect(await admin.members.getByRole("status").textContent()).toBe("4 members found");
    await admin.search.fill("nobody of that name");
    await admin.members.getByText("Nobody is called “nobody of that name”").waitFor();
  });

  it("come in pages, and the buttons stay under the fingers", async () => {
    admin = await stage.enter();
    const next = admin.page.getByRole("button", { name: "Next page" });
    await next.focus();
    const before = await next.boundingBox();
    for (const count of ["9–16", "17–24", "25–27"]) {
      await admin.page.keyboard.press("Enter");
      await admin.members.getByText(count).waitFor();
    }
    // At the last page it does nothing, but keeps the focus.
    await admin.page.keyboard.press("Enter");
    await admin.members.getByText("25–27").waitFor();
    expect(await focused()).toBe("Next page");
    expect(await next.boundingBox()).toEqual(before);
  });

  it("get another role", async () => {
    admin = await stage.enter();
    await admin.members.getByLabel("Role of Barbara").selectOption({ label: "Developer" });
    await admin.notice.getByText("Barbara is now a developer").waitFor();
    expect(await admin.members.getByLabel("Role of Barbara").inputValue()).toBe("job_developer");
  });

  it("are removed once that is confirmed, and the focus goes on from the list", async () => {
    admin = await stage.enter();
    const remove = admin.members.getByRole("button", { name: "Remove Grace" });
    await remove.click();
    expect(await focused()).toBe("Keep");
    await admin.page.keyboard.press("Escape");
    expect(await focused()).toBe("Remove Grace");
    await remove.click();
    await admin.dialog.getByRole("button", { name: "Remove" }).click();
    await admin.notice.getByText("Grace was removed").waitFor();
    await admin.members.getByText("26 people").waitFor();
    expect(await remove.count()).toBe(0);
    expect(await focused()).toBe("Members");
  });

  it("may be ten thousand", async () => {
    admin = await stage.enter();
    await admin.demo("10,000 members");
    await admin.members.getByText("10,000 people").waitFor();
    await admin.members.getByText("of 10,000").waitFor();
    await admin.search.fill("ada.cv@");
    await admin.members.getByText("Ada Cv").waitFor();
    expect(await admin.members.locator(".row").count()).toBe(1);
  });
});

describe("invites", () => {
  it("are sent, listed and withdrawn", async () => {
    admin = await stage.enter();
    await admin.page.getByRole("button", { name: "Invite somebody" }).click();
    await admin.dialog.getByLabel("Email").fill("jean@example.com");
    await admin.dialog.getByLabel("Role").selectOption({ label: "Executor" });
    await admin.dialog.getByRole("button", { name: "Send invite" }).click();
    await admin.notice.getByText("jean@example.com is invited").waitFor();
    expect(await admin.dialog.count()).toBe(0);
    await admin.invites.getByText("Executor · 24 h left").waitFor();
    await admin.invites.getByRole("button", { name: "Withdraw the invite to jean@example.com" }).click();
    await admin.notice.getByText("Invite withdrawn").waitFor();
    expect(await admin.invites.getByText("jean@example.com").count()).toBe(0);
    expect(await focused()).toBe("Open invites");
  });

  it("are not sent to what is not an email address, and the field says so", async () => {
    admin = await stage.enter();
    const sent: string[] = [];
    admin.page.on("request", (request) => {
      if (request.url().endsWith("/InviteUserToTeamAccount")) sent.push(request.postData() ?? "");
    });
    await admin.page.getByRole("button", { name: "Invite somebody" }).click();
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

describe("teams", () => {
  it("what the server says of a name is shown at the field", async () => {
    admin = await stage.enter();
    await admin.page.getByRole("button", { name: "New team" }).click();
    const name = admin.dialog.getByLabel("Name");
    await name.fill("No Good!");
    await name.press("Enter");
    await admin.dialog.getByText("Use 3 to 100 lower-case letters, digits and dashes.").waitFor();
    await name.fill("acme");
    await name.press("Enter");
    await admin.dialog.getByText("You have a team of this name.").waitFor();
    await name.fill("compilers");
    await name.press("Enter");
    await admin.notice.getByText("compilers is ready").waitFor();
    await admin.members.getByText("1 person in compilers").waitFor();
    await admin.invites.getByText("No open invites").waitFor();
    await admin.billing.getByText("Trial").first().waitFor();
    expect(admin.refusals).toEqual([400, 409]);
  });
});

it("all of it can be done without a mouse", async () => {
  admin = await stage.enter();
  const { page } = admin;
  const tabTo = async (name: string) => {
    for (let presses = 0; presses < 60; presses += 1) {
      await page.keyboard.press("Tab");
      if ((await focused()) === name) return;
    }
    throw new Error(`Tab does not come to "${name}"`);
  };
  await page.keyboard.press("Tab");
  expect(await focused()).toContain("Skip to the members");
  await page.keyboard.press("Enter");
  await tabTo("Invite somebody");
  await page.keyboard.press("Enter");
  await page.keyboard.type("jean@example.com");
  await page.keyboard.press("Tab");
  await page.keyboard.press("d");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await admin.invites.getByText("Developer · 24 h left").waitFor();
  expect(await focused()).toBe("Invite somebody");
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
  await tabTo("Demo Make something go wrong");
});

describe("the demo panel", () => {
  it("sets back the subscription that it has changed, whatever team is on screen by then", async () => {
    admin = await stage.enter();
    const { billing, team } = admin;
    await admin.demo("Subscription expires");
    await billing.getByText("Expired", { exact: true }).waitFor();
    await team.selectOption("analytical-engine");
    await billing.getByText("Trial", { exact: true }).waitFor();
    await admin.demo("Subscription expires");
    await team.selectOption("acme");
    await billing.getByText("Active", { exact: true }).waitFor();
    await team.selectOption("analytical-engine");
    await billing.getByText("Trial", { exact: true }).waitFor();
  });

  it("gives back the role that it has taken, whatever team is on screen by then", async () => {
    admin = await stage.enter();
    const { members, page, team } = admin;
    const invite = page.getByRole("button", { name: "Invite somebody" });
    await admin.demo("Become a viewer");
    await members.getByLabel("Role of Barbara").selectOption({ label: "Admin" });
    await members.getByText("You can look at this team, but not change it.").waitFor();
    await team.selectOption("analytical-engine");
    await invite.waitFor();
    await admin.demo("Become a viewer");
    await team.selectOption("acme");
    await members.getByText("27 people").waitFor();
    await invite.waitFor();
    await members.getByLabel("Role of Barbara").selectOption({ label: "Admin" });
    await admin.notice.getByText("Barbara is now an admin").waitFor();
  });

  it("has one team of ten thousand, however often it is asked for", async () => {
    admin = await stage.enter();
    for (let times = 0; times < 2; times += 1) {
      await admin.demo("10,000 members");
      await admin.members.getByText("10,000 people in ten-thousand").waitFor();
      await admin.team.selectOption("acme");
      await admin.members.getByText("27 people").waitFor();
    }
    expect(await admin.team.locator("option").allTextContents()).toEqual([
      "acme",
      "analytical-engine",
      "ten-thousand",
    ]);
  });
});

describe("when something goes wrong", () => {
  it("a token that expires is renewed, and nobody notices", async () => {
    admin = await stage.enter();
    await admin.demo("Token expires");
    await vi.waitUntil(() => admin.refusals.includes(401));
    await admin.members.getByLabel("Role of Barbara").selectOption({ label: "Admin" });
    await admin.notice.getByText("Barbara is now an admin").waitFor();
    expect(await admin.dialog.count()).toBe(0);
    expect(await admin.alert.count()).toBe(0);
  });

  it("a session that has ended asks for a sign-in, and what was begun is not lost", async () => {
    admin = await stage.enter();
    await admin.page.getByRole("button", { name: "Invite somebody" }).click();
    await admin.page.getByLabel("Email", { exact: true }).fill("jean@example.com");
    await admin.demo("Session ends");
    const signedOut = admin.page.getByRole("dialog", { name: "You have been signed out" });
    await signedOut.waitFor();
    // Nothing but a sign-in closes it.
    await admin.page.keyboard.press("Escape");
    await admin.page.keyboard.press("Escape");
    expect(await signedOut.count()).toBe(1);
    await signedOut.getByRole("button", { name: "Sign in again" }).click();
    await signedOut.waitFor({ state: "detached" });
    await admin.dialog.getByRole("button", { name: "Send invite" }).click();
    await admin.notice.getByText("jean@example.com is invited").waitFor();
  });

  it("an offline spell leaves the page as it was, says so, and passes", async () => {
    admin = await stage.enter();
    await admin.demo("Offline");
    await admin.alert.getByText("What you see may be out of date.").waitFor({ timeout: 20_000 });
    expect(await admin.members.getByRole("listitem").count()).toBe(8);
    await admin.page.getByRole("button", { name: "Invite somebody" }).click();
    await admin.dialog.getByLabel("Email").fill("jean@example.com");
    await admin.dialog.getByRole("button", { name: "Send invite" }).click();
    await admin.dialog.getByText("The server can’t be reached").waitFor({ timeout: 20_000 });
    await admin.page.keyboard.press("Escape");
    await admin.demo("Offline");
    await admin.alert.waitFor({ state: "detached" });
    expect(await admin.invites.getByText("jean@example.com").count()).toBe(0);
  });

  it("a right that is refused is explained, and the page shows what is left", async () => {
    admin = await stage.enter();
    await admin.demo("Become a viewer");
    await admin.members.getByLabel("Role of Barbara").selectOption({ label: "Admin" });
    await admin.alert.getByText("You may not do this").waitFor();
    await admin.members.getByText("You can look at this team, but not change it.").waitFor();
    expect(await admin.page.getByRole("button", { name: "Invite somebody" }).count()).toBe(0);
    expect(await admin.members.getByRole("combobox").count()).toBe(0);
    expect(await admin.invites.getByRole("button").count()).toBe(0);
    expect(await admin.members.locator(".row-role").nth(2).textContent()).toBe("Viewer");
    await admin.demo("Become a viewer");
    await admin.page.getByRole("button", { name: "Invite somebody" }).waitFor();
  });

  it("a rate limit says how long to wait", async () => {
    admin = await stage.enter();
    await admin.demo("Rate limit");
    await admin.page.getByRole("button", { name: "Invite somebody" }).click();
    await admin.dialog.getByLabel("Email").fill("jean@example.com");
    await admin.dialog.getByRole("button", { name: "Send invite" }).click();
    await admin.dialog.getByText("The server asks you to wait 20 seconds.").waitFor();
    expect(await admin.dialog.getByLabel("Email").inputValue()).toBe("jean@example.com");
    // Asked once: a client that repeats what it was told not to would be the rate limit's cause.
    expect(admin.refusals).toEqual([429]);
  });

  it("two failures in a row are overcome without a word", async () => {
    admin = await stage.enter();
    await admin.demo("Two failures");
    await vi.waitUntil(() => admin.refusals.length === 2, { timeout: 10_000 });
    await admin.search.fill("barbara");
    await admin.members.getByText("barbara@example.com").waitFor();
    expect(await admin.alert.count()).toBe(0);
    expect(admin.refusals).toEqual([503, 503]);
  });

  it("billing tells of a subscription that is not paid", async () => {
    admin = await stage.enter();
    await admin.demo("Subscription expires");
    await admin.billing.getByText("Expired", { exact: true }).waitFor();
    await admin.billing.getByRole("button", { name: "Subscribe" }).click();
    await admin.notice.getByText("Here the demo ends").waitFor();
  });
});
