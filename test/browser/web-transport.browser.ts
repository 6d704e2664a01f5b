import { describe, expect, it } from "vitest";
import { createMockServer } from "../../src/mock/index.js";
import { listen } from "../../src/mock/node/index.js";
import { usePage } from "./support/use-page.js";
// For its `declare global`.
import type {} from "./web-transport/page.js";

const open = usePage("test/browser/web-transport/page.ts");

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
      const page = await open();
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
