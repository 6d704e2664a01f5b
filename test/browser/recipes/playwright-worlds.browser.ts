import type { Browser } from "playwright-core";
import { createMockServer } from "tenantry/mock";
import { type Listener, listen } from "tenantry/mock/node";
import { afterAll, beforeAll, expect, it } from "vitest";
import { bundle, pageWith } from "../support/bundle.js";
import { launch } from "../support/chromium.js";
import { type Served, serve } from "../support/serve.js";

const accountId = "7a1c4c39-5d0e-4d2c-9a3c-0f6a3a3f9d10";
const seed = {
  vydon: { accounts: [{ id: accountId, name: "acme", members: [{ email: "ada@example.com" }] }] },
};

let app: Served;
let mock: Listener;
let browser: Browser;
// In a pipeline, this process is `npx tenantry mock --seed seed.json`, and all workers share it.
beforeAll(async () => {
  const script = await bundle("examples/recipes/playwright/page.ts");
  app = await serve({ routes: { "/index.html": pageWith("page.js"), "/page.js": script } });
  const server = createMockServer();
  server.seed(seed);
  mock = await listen(server, { admin: true });
  browser = await launch();
});
afterAll(() => Promise.all([browser?.close(), mock?.close(), app?.close()]));

/** Sends JSON to the mock, from the test and not from the page. */
async function send(method: string, url: string, body: object = {}) {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url, { method, headers, body: JSON.stringify(body) });
  const text = await response.text();
  return text === "" ? {} : JSON.parse(text);
}

/** A world for one test, with a page in it. */
async function openWorld(email: string) {
  const { name, url } = await send("POST", `${mock.url}/worlds`);
  const admin = (rpc: string, body: object) =>
    send("POST", `${url}/tenantry.mock.v1.AdminService/${rpc}`, body);
  const { token } = await admin("SignInVydon", { email });
  const page = await browser.newPage();
  const open = () => page.goto(`${app.url}?${new URLSearchParams({ api: url, token, account: accountId })}`);
  const end = () => Promise.all([page.close(), send("DELETE", `${mock.url}/worlds/${name}`)]);
  return { page, open, admin, [Symbol.asyncDispose]: async () => void (await end()) };
}

// They run at the same time against one process, and do not affect each other.
it.concurrent("shows who is in the team", async () => {
  await using world = await openWorld("ada@example.com");
  await world.open();
  await world.page.getByText("ada@example.com: admin").waitFor();
  const { calls } = await world.admin("ListCalls", {});
  expect(calls).toMatchObject([{ method: "GetTeamAccountMembers", code: "ok" }]);
});

it.concurrent("shows that the server is unavailable, and recovers", async () => {
  await using world = await openWorld("ada@example.com");
  await world.admin("InjectFault", {
    fault: { method: "GetTeamAccountMembers", wire: "html_502", times: 1 },
  });
  await world.open();
  await world.page.getByText("The server is unavailable. Try again in a moment.").waitFor();
  await world.page.reload();
  await world.page.getByText("ada@example.com: admin").waitFor();
});

it.concurrent("explains who may see it", async () => {
  await using world = await openWorld("grace@example.com");
  await world.open();
  await world.page.getByText("Only members may see who is in a team.").waitFor();
});
