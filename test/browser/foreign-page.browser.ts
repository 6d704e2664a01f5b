import type { Browser, Page } from "playwright-core";
import { createMockServer } from "tenantry/mock";
import { type Listener, listen } from "tenantry/mock/node";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { launch, openPage } from "./support/chromium.js";
import { type Served, serve } from "./support/serve.js";

const server = createMockServer();
const admin = "tenantry.mock.v1.AdminService";

let browser: Browser;
let site: Served;
let mock: Listener;
let page: Page;
beforeAll(async () => {
  site = await serve({ routes: { "/index.html": "<!doctype html><title>a foreign page</title>" } });
  mock = await listen(server, { admin: true });
  // As a DNS rebinding attack does: the attacker's host name resolves to this machine.
  browser = await launch(["--host-resolver-rules=MAP rebound.example 127.0.0.1"]);
});
afterAll(() => Promise.all([browser?.close(), mock?.close(), site?.close()]));
beforeEach(() => {
  for (const { world = "" } of server.worlds.list()) server.worlds.end(world);
  server.reset();
  server.worlds.create("victim").faults.inject({ code: "unavailable" });
});
afterEach(() => page.context().close());

/** Returns everything that a foreign page could change. */
function state() {
  const [world] = server.worlds.list();
  return [
    ...[server.worlds.list().length, world?.faults.all().length, server.faults.all().length],
    ...[server.clock.now(), world?.clock.now(), server.snapshot()],
  ];
}

/** Sends every kind of request that a page can send. Returns what the page could read. */
function attack(target: Page, base: string): Promise<string[]> {
  return target.evaluate(
    async ([url, service]) => {
      const read: string[] = [];
      const requests: [string, string, string?][] = [
        ["POST", "/worlds", '{"name": "mine"}'],
        ["GET", "/worlds"],
        ["DELETE", "/worlds/victim"],
        ["POST", `/${service}/AdvanceClock`, '{"duration": "1h"}'],
        ["POST", `/w/victim/${service}/ClearFaults`, "{}"],
        ["POST", `/${service}/SignInVydon`, '{"email": "ada@example.com"}'],
        ["POST", `/${service}/InjectFault`, '{"fault": {"code": "unavailable"}}'],
        ["GET", `/${service}/Snapshot?encoding=json&message=%7B%7D`],
        ["GET", "/_/"],
        ["GET", "/"],
      ];
      for (const [method, path, body] of requests) {
        for (const mode of ["cors", "no-cors", "same-origin"] as const) {
          for (const type of ["application/json", "text/plain"]) {
            const init = {
              method,
              mode,
              headers: { "content-type": type },
              ...(body !== undefined && { body }),
            };
            try {
              const response = await fetch(url + path, { ...init, credentials: "include" });
              const text = await response.text();
              if (response.type !== "opaque" && response.status !== 403)
                read.push(`${method} ${path}: ${text}`);
            } catch {
              // The browser blocked the request.
            }
          }
        }
        navigator.sendBeacon(url + path, body ?? "");
        // Browsers send forms without a preflight request, and a form can contain JSON.
        for (const policy of ["no-referrer", "origin"]) {
          const frame = document.createElement("iframe");
          frame.name = `frame-${Math.random()}`;
          document.body.append(frame);
          frame.referrerPolicy = policy === "origin" ? "origin" : "no-referrer";
          const form = document.body.appendChild(document.createElement("form"));
          form.method = method === "GET" ? "get" : "post";
          form.action = url + path;
          form.enctype = "text/plain";
          form.target = frame.name;
          const input = form.appendChild(document.createElement("input"));
          [input.name, input.value] = [(body ?? "").slice(0, -1), "}"];
          const loaded = new Promise((resolve) => frame.addEventListener("load", resolve, { once: true }));
          form.submit();
          await loaded;
          try {
            const text = frame.contentDocument?.body?.textContent ?? "";
            if (text !== "" && !text.startsWith("403")) read.push(`frame ${path}: ${text}`);
          } catch {
            // A frame of another origin.
          }
        }
      }
      return read;
    },
    [base, admin] as const,
  );
}

it("a page of another origin can neither read nor change the mock server", async () => {
  ({ page } = await openPage(browser, site.url));
  const before = state();
  expect(await attack(page, mock.url)).toEqual([]);
  expect(state()).toEqual(before);
});

it("a page that uses DNS rebinding can neither read nor change the mock server", async () => {
  const rebound = `http://rebound.example:${mock.port}`;
  ({ page } = await openPage(browser, `${rebound}/healthz`));
  const before = state();
  const read = await attack(page, rebound);
  // It can read what this server is, and nothing that gives access.
  for (const each of read) expect(each).toMatch(/^(GET|frame) \/: tenantry mock: a server/);
  expect(read.join()).not.toContain("SignInVydon");
  expect(state()).toEqual(before);
});

it("the same attack succeeds from a page of the server itself", async () => {
  ({ page } = await openPage(browser, `${mock.url}/healthz`));
  const before = state();
  expect((await attack(page, mock.url)).length).toBeGreaterThan(10);
  expect(state()).not.toEqual(before);
});
