import { describe, expect, it } from "vitest";
import { until } from "../support/until.js";
import { useStage } from "./support/use-stage.js";

const stage = useStage();

describe("the example's members", () => {
  it("can be searched by a part of their name or email", async () => {
    const admin = await stage.enter();
    await admin.search.fill("AR");
    await until(async () => (await admin.members.locator(".row").count()) === 4);
    const names = await admin.members.locator(".row-name").allTextContents();
    expect(names).toEqual(["Barbara", "Karen", "Margaret", "Mary"]);
    expect(await admin.members.getByRole("status").textContent()).toBe("4 members found");
    await admin.search.fill("nobody of that name");
    await admin.members.getByText("No member is called “nobody of that name”").waitFor();
  });

  it("are shown in pages, and the page buttons keep their position and focus", async () => {
    const admin = await stage.enter();
    const next = admin.page.getByRole("button", { name: "Next page" });
    await next.focus();
    const before = await next.boundingBox();
    for (const count of ["9–16", "17–24", "25–27"]) {
      await admin.page.keyboard.press("Enter");
      await admin.members.getByText(count).waitFor();
    }
    // On the last page the button does nothing, but keeps the focus.
    await admin.page.keyboard.press("Enter");
    await admin.members.getByText("25–27").waitFor();
    expect(await admin.focused()).toBe("Next page");
    expect(await next.boundingBox()).toEqual(before);
  });

  it("can get another role", async () => {
    const admin = await stage.enter();
    await admin.members.getByLabel("Role of Barbara").selectOption({ label: "Developer" });
    await admin.notice.getByText("Barbara is now a developer").waitFor();
    expect(await admin.members.getByLabel("Role of Barbara").inputValue()).toBe("job_developer");
  });

  it("are removed after a confirmation, and then the list has the focus", async () => {
    const admin = await stage.enter();
    const remove = admin.members.getByRole("button", { name: "Remove Grace" });
    await remove.click();
    expect(await admin.focused()).toBe("Keep");
    await admin.page.keyboard.press("Escape");
    expect(await admin.focused()).toBe("Remove Grace");
    await remove.click();
    await admin.dialog.getByRole("button", { name: "Remove" }).click();
    await admin.notice.getByText("Grace was removed").waitFor();
    await admin.members.getByText("26 people").waitFor();
    expect(await remove.count()).toBe(0);
    expect(await admin.focused()).toBe("Members");
  });

  it("can be 10,000, with pages and search", async () => {
    const admin = await stage.enter();
    await admin.demo("10,000 members");
    await admin.members.getByText("10,000 people").waitFor();
    await admin.members.getByText("of 10,000").waitFor();
    await admin.search.fill("ada.cv@");
    await admin.members.getByText("Ada Cv").waitFor();
    expect(await admin.members.locator(".row").count()).toBe(1);
  });
});
