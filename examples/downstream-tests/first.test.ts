import { UnavailableError, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { expect, test } from "vitest";

test("a read fails after four attempts", async () => {
  const server = createMockServer();
  const ada = server.vydon.signIn({ email: "ada@example.com" });
  const client = new VydonClient(ada.connect());

  const fault = server.faults.inject({ code: "unavailable" });
  const accounts = client.accounts.list().toArray();

  await expect(accounts).rejects.toThrow(UnavailableError);
  expect(fault.hits).toBe(4);

  fault.remove();
  await client.users.current();
});
