import { expect, it } from "vitest";
import { createMockServer } from "./server.js";

it("a server serves only the APIs of its options", async () => {
  const server = createMockServer({ apis: ["ona"] });
  const headers = {
    "content-type": "application/json",
    authorization: `Bearer ${server.ona.signIn({ email: "ada@example.com" }).token}`,
  };
  const status = async (path: string) => {
    const { fetch } = server;
    return (await fetch(`https://api.example.com/${path}`, { method: "POST", headers, body: "{}" })).status;
  };
  expect(await status("gitpod.v1.AccountService/GetAccount")).toBe(200);
  expect(await status("mgmt.v1alpha1.UserAccountService/GetUser")).toBe(404);
  expect(await status("fam.v1.AccountService/ListMyPermissions")).toBe(404);
});
