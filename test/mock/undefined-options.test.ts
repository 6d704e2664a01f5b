import { FamClient, OnaClient, VydonClient } from "tenantry";
import { createMockServer, type MockServerOptions } from "tenantry/mock";
import { expect, it } from "vitest";

const email = "ada@example.com";

it("signs people in with the default names if a name is undefined", async () => {
  const server = createMockServer();
  server.fam.signIn({ email, firstName: undefined, lastName: undefined, expiresIn: undefined });
  expect(server.fam.user(email)).toMatchObject({ firstName: "Ada", lastName: "" });

  const ona = new OnaClient(server.ona.signIn({ email, name: undefined, organization: undefined }).connect());
  expect(await ona.accounts.get()).toMatchObject({ name: "Ada", avatarUrl: "" });
});

it("seeds people and organizations with the default values if a field is undefined", async () => {
  const server = createMockServer();
  server.seed({
    vydon: {
      users: [{ email, name: undefined, image: undefined, id: undefined }],
      accounts: [{ name: "acme", id: undefined, members: [{ email, role: undefined }] }],
    },
    ona: {
      accounts: [{ email, id: undefined, name: undefined, avatarUrl: undefined, loginProvider: undefined }],
      organizations: [{ name: "acme", id: undefined, creditsEnabled: undefined, domains: undefined }],
    },
    fam: { users: [{ email, id: undefined, firstName: undefined, rootPermissions: undefined }] },
  });

  const vydon = new VydonClient(server.vydon.signIn({ email }).connect());
  const [member] = await vydon.members.list(server.vydon.account("acme").id).toArray();
  expect(member).toMatchObject({ name: "Ada", image: "", role: "admin" });
  expect(server.ona.account(email)).toMatchObject({
    id: expect.any(String),
    name: "Ada",
    avatarUrl: "",
    loginProvider: "github",
  });
  expect(server.ona.organization("acme")).toMatchObject({ id: expect.any(String), creditsEnabled: true });
  expect(server.fam.user(email)).toMatchObject({
    id: expect.any(String),
    firstName: "Ada",
    rootPermissions: [],
  });
});

it("changes nothing for a usage that is undefined", async () => {
  const server = createMockServer();
  const ona = new OnaClient(server.ona.signIn({ email }).connect());
  const { id } = server.ona.account(email);
  server.ona.setUsage(id, { environments: 2, subscriptions: 1 });
  server.ona.setUsage(id, { environments: 3, subscriptions: undefined });
  expect(server.ona.account(id)).toMatchObject({ environments: 3, subscriptions: 1 });
  expect((await ona.accounts.get()).id).toBe(id);
});

it("adds a test card if the fields of a card are undefined", async () => {
  const server = createMockServer();
  const fam = new FamClient(server.fam.signIn({ email }).connect());
  const { id } = await fam.accounts.create({ name: "Shop" });
  server.fam.addCard(id, { brand: "amex", last4: undefined, name: undefined });
  const { paymentConfigurationId } = await fam.billing.getPaymentConfiguration(id);
  const [card] = await fam.billing.listCards(paymentConfigurationId).toArray();
  expect(card).toMatchObject({ brand: "amex", last4: "4242", name: "" });
});

it("creates a server with the default options if they are undefined", async () => {
  const options: MockServerOptions = {
    randomSeed: undefined,
    now: undefined,
    vydon: undefined,
    fam: { services: undefined },
  };
  const server = createMockServer(options);
  const standard = createMockServer();
  expect(server.clock.now()).toBe(standard.clock.now());
  // The same random seed makes the same tokens.
  expect(server.fam.signIn({ email })).toEqual({
    ...standard.fam.signIn({ email }),
    connect: expect.any(Function),
  });
});
