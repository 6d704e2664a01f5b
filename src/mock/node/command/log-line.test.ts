import { expect, it } from "vitest";
import { createMockServer, type MockServer } from "../../index.js";
import { lineOf } from "./log-line.js";

/** Calls a method with a token. Returns the line of the call, without its time. */
async function lineOfCall(server: MockServer, path: string, token: string | undefined): Promise<string> {
  const headers = { "content-type": "application/json", ...(token && { authorization: `Bearer ${token}` }) };
  await server.fetch(`https://mock/${path}`, { method: "POST", headers, body: "{}" });
  const [call] = server.calls.kept().slice(-1);
  if (call === undefined) throw new Error("there was no call");
  return lineOf(call, server.world).slice("2026-01-01T00:00:00.000Z ".length);
}

const getUser = "mgmt.v1alpha1.UserAccountService/GetUser";

it("the line of a call names the caller by email, else by user id, else by kind", async () => {
  const server = createMockServer();
  server.seed({ vydon: { accounts: [{ name: "acme" }] } });
  const email = "ada@example.com";
  const { token } = server.vydon.signIn({ email });
  const key = server.vydon.apiKey("acme");
  const pat = server.ona.signIn({ email }).token;
  expect(await lineOfCall(server, getUser, token)).toBe(`vydon.GetUser ${email} ok 0ms`);
  expect(await lineOfCall(server, getUser, key.token)).toBe(`vydon.GetUser ${key.userId} ok 0ms`);
  expect(await lineOfCall(server, "gitpod.v1.AccountService/GetAccount", pat)).toBe(
    "ona.GetAccount account ok 0ms",
  );
  expect(await lineOfCall(server, getUser, undefined)).toMatch(/^vydon\.GetUser - unauthenticated 0ms ./);
});

it("the line of a call has its world, and the wire fault of its response", async () => {
  const world = createMockServer().worlds.create("checkout-7");
  const { token } = world.vydon.signIn({ email: "ada@example.com" });
  world.faults.inject({ wire: "wrong_content_type" });
  expect(await lineOfCall(world, getUser, token)).toBe(
    "/w/checkout-7 vydon.GetUser ada@example.com ok (wrong_content_type) 0ms",
  );
});
