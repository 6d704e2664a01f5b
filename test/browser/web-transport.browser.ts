import type { Browser } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMockServer } from "../../src/mock/index.js";
import { listen } from "../../src/mock/node/index.js";
import { bundle, pageWith } from "./support/bundle.js";
import { launch, openPage } from "./support/chromium.js";
import { type Served, serve } from "./support/serve.js";
// For its `declare global`.
import type {} from "./web-transport/page.js";

let browser: Browser;
let site: Served;

beforeAll(async () => {
  const script = await bundle("test/browser/web-transport/page.ts");
  site = await serve({ routes: { "/index.html": pageWith("page.js"), "/page.js": script } });
  browser = await launch();
});

afterAll(async () => {
  await browser?.close();
  await site?.close();
});

describe("webTransport in Chromium, calling the mock server's listener", () => {
  it.each([
    { protocol: "grpc-web", types: ["application/grpc-web+proto"] },
    { protocol: "connect", types: ["application/proto"] },
    { protocol: "connect", format: "json", types: ["application/json"] },
    { protocol: "connect", useHttpGet: true, types: ["application/proto", undefined] },
  ] as const)(
    "succeeds with protocol $protocol, format $format and useHttpGet $useHttpGet",
    async ({ types, ...way }) => {
      const server = createMockServer();
      await using listener = await listen(server);
      const { token, userId } = server.vydon.signIn({ email: "ada@example.com" });
      const { page } = await openPage(browser, site.url);
      const sent = new Set<string | undefined>();
      page.on("request", (request) => {
        const isCall = request.url().startsWith(listener.url) && request.method() !== "OPTIONS";
        if (isCall) sent.add(request.headers()["content-type"]);
      });
      const result = await page.evaluate(([given, secret]) => window.createTeam(given, secret), [
        { ...way, baseUrl: listener.url },
        token,
      ] as const);
      expect(result).toMatchObject({
        userId,
        invited: { email: "grace@example.com", expires: true },
        failures: ["AlreadyExistsError", "UnauthenticatedError", "NetworkError"],
      });
      expect(result.teams).toContain("acme");
      expect([...sent].sort()).toEqual([...types].sort());
      await page.context().close();
    },
  );
});
