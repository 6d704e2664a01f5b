import { describe, expect, it } from "vitest";
import { until } from "../support/until.js";
import { useStage } from "./support/use-stage.js";

const stage = useStage();

describe("the example's demo buttons", () => {
  it('"Subscription expires" restores the subscription of the team that it changed, even if another team is shown', async () => {
    const admin = await stage.enter();
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

  it('"Become a viewer" restores the role in the team that it changed, even if another team is shown', async () => {
    const admin = await stage.enter();
    const { members, page, team } = admin;
    const invite = page.getByRole("button", { name: "Invite a member" });
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

  it('"10,000 members" creates its team only once', async () => {
    const admin = await stage.enter();
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

describe("the example, if something fails", () => {
  it("refreshes an expired token without a dialog or an error message", async () => {
    const admin = await stage.enter();
    await admin.demo("Token expires");
    await until(() => admin.failedStatuses.includes(401));
    await admin.members.getByLabel("Role of Barbara").selectOption({ label: "Admin" });
    await admin.notice.getByText("Barbara is now an admin").waitFor();
    expect(await admin.dialog.count()).toBe(0);
    expect(await admin.alert.count()).toBe(0);
  });

  it("shows a sign-in dialog when the session has ended, and keeps the open form", async () => {
    const admin = await stage.enter();
    await admin.page.getByRole("button", { name: "Invite a member" }).click();
    await admin.page.getByLabel("Email", { exact: true }).fill("jean@example.com");
    await admin.demo("Session ends");
    const signedOut = admin.page.getByRole("dialog", { name: "You have been signed out" });
    await signedOut.waitFor();
    // Only a sign-in closes it.
    await admin.page.keyboard.press("Escape");
    await admin.page.keyboard.press("Escape");
    expect(await signedOut.count()).toBe(1);
    await signedOut.getByRole("button", { name: "Sign in again" }).click();
    await signedOut.waitFor({ state: "detached" });
    await admin.dialog.getByRole("button", { name: "Send invite" }).click();
    await admin.notice.getByText("jean@example.com is invited").waitFor();
  });

  it("keeps its data and shows a notice while offline, and reloads when the network is back", async () => {
    const admin = await stage.enter();
    await admin.demo("Offline");
    await admin.alert.getByText("What you see may be out of date.").waitFor();
    expect(await admin.members.getByRole("listitem").count()).toBe(8);
    await admin.page.getByRole("button", { name: "Invite a member" }).click();
    await admin.dialog.getByLabel("Email").fill("jean@example.com");
    await admin.dialog.getByRole("button", { name: "Send invite" }).click();
    await admin.dialog.getByText("The server can’t be reached").waitFor();
    await admin.page.keyboard.press("Escape");
    await admin.demo("Offline");
    await admin.alert.waitFor({ state: "detached" });
    expect(await admin.invites.getByText("jean@example.com").count()).toBe(0);
  });

  it("explains a permission_denied error, and then hides the buttons that the user may not use", async () => {
    const admin = await stage.enter();
    await admin.demo("Become a viewer");
    await admin.members.getByLabel("Role of Barbara").selectOption({ label: "Admin" });
    await admin.alert.getByText("You may not do this").waitFor();
    await admin.members.getByText("You can look at this team, but not change it.").waitFor();
    expect(await admin.page.getByRole("button", { name: "Invite a member" }).count()).toBe(0);
    expect(await admin.members.getByRole("combobox").count()).toBe(0);
    expect(await admin.invites.getByRole("button").count()).toBe(0);
    expect(await admin.members.locator(".row-role").nth(2).textContent()).toBe("Viewer");
    await admin.demo("Become a viewer");
    await admin.page.getByRole("button", { name: "Invite a member" }).waitFor();
  });

  it("shows how long to wait after a rate limit", async () => {
    const admin = await stage.enter();
    await admin.demo("Rate limit");
    await admin.page.getByRole("button", { name: "Invite a member" }).click();
    await admin.dialog.getByLabel("Email").fill("jean@example.com");
    await admin.dialog.getByRole("button", { name: "Send invite" }).click();
    await admin.dialog.getByText("The server asks you to wait 20 seconds.").waitFor();
    expect(await admin.dialog.getByLabel("Email").inputValue()).toBe("jean@example.com");
    // One request: the client does not retry a call that the server has rate-limited.
    expect(admin.failedStatuses).toEqual([429]);
  });

  it("retries after two failures without an error message", async () => {
    const admin = await stage.enter();
    await admin.demo("Two failures");
    await until(() => admin.failedStatuses.length === 2);
    await admin.search.fill("barbara");
    await admin.members.getByText("barbara@example.com").waitFor();
    expect(await admin.alert.count()).toBe(0);
    expect(admin.failedStatuses).toEqual([503, 503]);
  });

  it("shows an expired subscription with a button to subscribe", async () => {
    const admin = await stage.enter();
    await admin.demo("Subscription expires");
    await admin.billing.getByText("Expired", { exact: true }).waitFor();
    await admin.billing.getByRole("button", { name: "Subscribe" }).click();
    await admin.notice.getByText("The demo ends here").waitFor();
  });
});
