import type { Browser, Page } from "playwright-core";
import { createMockServer } from "tenantry/mock";
import { type Listener, listen } from "tenantry/mock/node";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { bundle, pageWith } from "../support/bundle.js";
import { launch } from "../support/chromium.js";
import { type Served, serve } from "../support/serve.js";

const accountId = "7a1c4c39-5d0e-4d2c-9a3c-0f6a3a3f9d10";
const server = createMockServer();
server.seed({
  vydon: {
    users: [
      { email: "ada@example.com", token: "ada" },
      { email: "grace@example.com", token: "grace" },
    ],
    accounts: [{ id: accountId, name: "acme", members: [{ email: "ada@example.com" }] }],
  },
});

let app: Served;
let api: Listener;
let browser: Browser;
beforeAll(async () => {
  const script = await bundle("examples/recipes/playwright/page.ts");
  app = await serve({ routes: { "/index.html": pageWith("page.js"), "/page.js": script } });
  api = await listen(server);
  browser = await launch();
});
afterAll(() => Promise.all([browser?.close(), api?.close(), app?.close()]));
beforeEach(() => server.reset());

/** Opens the page, signed in with this token. */
async function open(token: string): Promise<Page> {
  const page = await browser.newPage();
  await page.goto(`${app.url}?${new URLSearchParams({ api: api.url, token, account: accountId })}`);
  return page;
}

it("shows who is in the team", async () => {
  const page = await open("ada");
  await page.getByText("ada@example.com: admin").waitFor();
  server.calls.expect("GetTeamAccountMembers", { accountId }).toHaveBeenCalledOnce();
});

it("explains who may see it", async () => {
  const page = await open("grace");
  await page.getByText("Only members may see who is in a team.").waitFor();
});

it("shows that the server is unavailable, and recovers", async () => {
  server.faults.inject({ method: "GetTeamAccountMembers", wire: "html_502", times: 1 });
  const page = await open("ada");
  await page.getByText("The server is unavailable. Try again in a moment.").waitFor();
  await page.reload();
  await page.getByText("ada@example.com: admin").waitFor();
  expect(await page.getByRole("listitem").allTextContents()).toEqual(["ada@example.com: admin"]);
});
