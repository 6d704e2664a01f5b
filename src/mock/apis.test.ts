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

it("a fault or an assertion for an API that the server does not serve is refused, because it could never apply", () => {
  const server = createMockServer({ apis: ["vydon", "vydon"] });
  const why =
    'this server has no method "GetOrganization", because it does not serve ona: add "ona" to its APIs';
  expect(() => server.faults.inject({ method: "GetOrganization", code: "internal" })).toThrow(
    `fault: ${why}`,
  );
  expect(() => server.faults.load([{ method: "GetOrganization", code: "internal" }])).toThrow(
    `faults[0]: ${why}`,
  );
  expect(() => server.calls.expect("GetOrganization")).toThrow(why);
  expect(() => server.fork().calls.of("ona.GetUser")).toThrow('no method "ona.GetUser", because it does not');
  expect(() => server.worlds.create("w1").calls.of("GetAccount")).toThrow(
    'it does not serve ona and fam: add "ona" or "fam" to its APIs',
  );
  // Vydon has a method of this name, too.
  server.faults.inject({ method: "GetUser", code: "internal" });
});

it("a server without APIs refuses every method", () => {
  const { calls } = createMockServer({ apis: [] });
  expect(() => calls.of("GetUser")).toThrow("it does not serve vydon and ona");
  // @ts-expect-error the method does not exist
  expect(() => calls.of("users.current")).toThrow('give the name of an RPC, such as "GetUser"');
});
