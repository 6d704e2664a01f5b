import { OnaClient } from "tenantry";
import { expect, it } from "vitest";
import { createMockServer } from "../../server.js";

it("a fault's `when` that reads the caller changes no state", async () => {
  const server = createMockServer();
  server.seed({ ona: { organizations: [{ name: "acme", members: [{ email: "ada@example.com" }] }] } });
  const ada = server.ona.signIn({ email: "ada@example.com", organization: "acme" });
  const { tokens } = new OnaClient(ada.connect());
  const { token } = await tokens.create(ada.userId, { description: "ci" });
  const ci = new OnaClient({ ...ada.connect(), auth: token, retry: false });
  const before = server.snapshot();

  const kinds: unknown[] = [];
  server.faults.inject({
    code: "unavailable",
    when: ({ caller }) => kinds.push(caller?.kind) > 0,
  });
  await expect(ci.users.current()).rejects.toThrow("injected fault");
  expect(kinds).toEqual(["user"]);
  expect(server.snapshot()).toEqual(before);

  server.faults.clear();
  server.clock.advance("1h");
  await ci.users.current();
  expect(server.snapshot().apis["ona"]?.["tokens"]).toMatchObject([{ lastUsed: server.clock.now() }]);
});
