import { FamClient, OnaClient, VydonClient } from "tenantry";
import { expect, it } from "vitest";
import { createMockServer } from "../../server.js";

it("a fault's accountId is the organization at Ona", async () => {
  const server = createMockServer();
  const members = [{ email: "ada@example.com" }];
  server.seed({
    ona: {
      organizations: [
        { name: "red", members },
        { name: "blue", members },
      ],
    },
  });
  const { id: red } = server.ona.organization("red");
  const inOrganization = (organization: string) =>
    new OnaClient({
      ...server.ona.signIn({ email: "ada@example.com", organization }).connect(),
      retry: false,
    });
  const fault = server.faults.inject({ accountId: red, code: "aborted" });
  await expect(inOrganization("red").organizations.get(red)).rejects.toThrow("injected fault");
  await inOrganization("blue").organizations.get(server.ona.organization("blue").id);
  expect(fault.hits).toBe(1);
});

it("a fault's accountId is also the account in a field of another name", async () => {
  const server = createMockServer();
  const ada = { email: "ada@example.com" };
  server.seed({ ona: { organizations: [{ name: "red", domain: "example.com" }] } });
  const fam = new FamClient({ ...server.fam.signIn(ada).connect(), retry: false });
  const ona = new OnaClient({ ...server.ona.signIn(ada).connect(), retry: false });
  const { id } = await fam.accounts.create({ name: "Shop", type: "ad_account" });
  const { id: red } = server.ona.organization("red");
  const inShop = server.faults.inject({ accountId: id, code: "aborted" });
  const inRed = server.faults.inject({ accountId: red, code: "aborted" });
  for (const call of [
    fam.accounts.get(id),
    fam.accounts.update(id, { name: "Shops" }),
    fam.accounts.delete(id),
    ona.organizations.join(red),
  ]) {
    await expect(call).rejects.toThrow("injected fault");
  }
  expect([inShop.hits, inRed.hits]).toEqual([3, 1]);
  expect(server.calls.of("JoinOrganization")[0]?.accountId).toBe(red);
});

it.each(["reset", "clear"] as const)("a probability hits the same calls again after %s", async (how) => {
  const server = createMockServer();
  async function failures(): Promise<boolean[]> {
    const session = server.vydon.signIn({ email: "ada@example.com" });
    const client = new VydonClient({ ...session.connect(), retry: false });
    server.faults.inject({ code: "aborted", probability: 0.5 });
    const failed: boolean[] = [];
    for (let call = 0; call < 20; call++)
      failed.push(
        await client.users.current().then(
          () => false,
          () => true,
        ),
      );
    return failed;
  }
  const first = await failures();
  if (how === "reset") server.reset();
  else server.faults.clear();
  expect(await failures()).toEqual(first);
  expect(new Set(first).size).toBe(2);
});

it.each([0, 1])("a probability of %s hits this share of the calls", async (probability) => {
  const server = createMockServer();
  const session = server.vydon.signIn({ email: "ada@example.com" });
  const client = new VydonClient({ ...session.connect(), retry: false });
  const fault = server.faults.inject({ code: "aborted", probability });
  for (let call = 0; call < 10; call++) await client.users.current().catch(() => {});
  expect(fault.hits).toBe(10 * probability);
});
