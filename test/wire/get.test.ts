import { describe, expect, it } from "vitest";
import { createTeamAccount, getAccountStatus } from "../../gen/mgmt/v1alpha1/user_account_methods.js";
import { respond } from "../support/raw-server.js";
import { json, serve } from "./serve.js";

describe("useHttpGet", () => {
  it("sends a read as a GET with the message in the URL", async () => {
    const { server, client } = await serve(respond(200, json, "{}"), { useHttpGet: true, auth: "key-1" });
    await client.accounts.list();
    const [request] = server.requests;
    expect(request?.head.split("\r\n")[0]).toBe(
      "GET /mgmt.v1alpha1.UserAccountService/GetUserAccounts?connect=v1&encoding=json&message=%7B%7D HTTP/1.1",
    );
    expect(request?.header("authorization")).toBe("Bearer key-1");
    expect(request?.header("connect-timeout-ms")).toBe("60000");
    expect(request?.header("content-type")).toBeUndefined();
    expect(request?.body.length).toBe(0);
  });

  it("encodes the message for the URL", async () => {
    const { server, client } = await serve(respond(200, json, "{}"), { useHttpGet: true });
    await client.call(getAccountStatus, { accountId: "a?/b&c=ÿ #+%" });
    const path = server.requests[0]?.head.split(" ")[1] ?? "";
    expect(Object.fromEntries(new URL(path, server.baseUrl).searchParams)).toEqual({
      connect: "v1",
      encoding: "json",
      message: '{"accountId":"a?/b&c=ÿ #+%"}',
    });
  });

  it("sends a write, or a read that is too long for a URL, as a POST", async () => {
    const { server, client } = await serve(respond(200, json, "{}"), { useHttpGet: true });
    await client.call(createTeamAccount, { name: "acme" });
    await client.call(getAccountStatus, { accountId: "x".repeat(10_000) });
    await client.call({ ...createTeamAccount, idempotency: "idempotent" }, { name: "acme" });
    expect(server.requests.map(({ head }) => head.split(" ")[0])).toEqual(["POST", "POST", "POST"]);
    expect(server.requests.map((request) => request.header("content-type"))).toEqual([
      "application/json",
      "application/json",
      "application/json",
    ]);
    expect(server.requests[1]?.body.length).toBeGreaterThan(10_000);
  });

  it("sends a read as a GET up to a URL of 4,096 characters", async () => {
    const { server, client } = await serve(respond(200, json, "{}"), { useHttpGet: true });
    await client.call(getAccountStatus, { accountId: "" });
    const path = server.requests[0]?.head.split(" ")[1] ?? "";
    const room = 4_096 - (server.baseUrl + path).length;
    await client.call(getAccountStatus, { accountId: "x".repeat(room) });
    await client.call(getAccountStatus, { accountId: "x".repeat(room + 1) });
    expect(server.requests.map(({ head }) => head.split(" ")[0])).toEqual(["GET", "GET", "POST"]);
  });
});
