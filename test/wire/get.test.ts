import { describe, expect, it } from "vitest";
import { respond } from "../support/raw-server.js";
import { proto, serve } from "./serve.js";

describe("connect_with_get", () => {
  it("sends a read in the URL, with what remains of the protocol in headers", async () => {
    const { server, client } = await serve(respond(200, proto), { useHttpGet: true, auth: "key-1" });
    await using _closing = server;
    await client.accounts.list();
    const [request] = server.requests;
    expect(request?.head.split("\r\n")[0]).toBe(
      "GET /mgmt.v1alpha1.UserAccountService/GetUserAccounts?connect=v1&encoding=proto&base64=1&message= HTTP/1.1",
    );
    expect(request?.header("authorization")).toBe("Bearer key-1");
    expect(request?.header("connect-timeout-ms")).toBe("60000");
    expect(request?.header("content-type")).toBeUndefined();
    expect(request?.body.length).toBe(0);
  });

  it("writes a message as base64 for URLs, or as JSON", async () => {
    for (const format of ["binary", "json"] as const) {
      const { server, client } = await serve(respond(200, proto), { useHttpGet: true, format });
      await using _closing = server;
      await client.rpc.getAccountStatus({ accountId: "a?/b&c=ÿ" }).catch(() => {});
      const path = server.requests[0]?.head.split(" ")[1] ?? "";
      const query = new URL(path, server.baseUrl).searchParams;
      const message =
        format === "json" ? '{"accountId":"a?/b&c=ÿ"}' : Buffer.from("\n\ta?/b&c=ÿ").toString("base64url");
      expect(Object.fromEntries(query)).toEqual({
        connect: "v1",
        encoding: format === "json" ? "json" : "proto",
        message,
        ...(format === "binary" && { base64: "1" }),
      });
    }
  });

  it("sends by POST what is no read, and what is too long for a URL", async () => {
    const { server, client } = await serve(respond(200, proto), { useHttpGet: true });
    await using _closing = server;
    await client.rpc.createTeamAccount({ name: "acme" });
    await client.rpc.getAccountStatus({ accountId: "x".repeat(10_000) });
    expect(server.requests.map(({ head }) => head.split(" ")[0])).toEqual(["POST", "POST"]);
    expect(server.requests[1]?.body.length).toBeGreaterThan(10_000);
  });
});
