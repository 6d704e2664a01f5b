import { setupServer } from "msw/node";
import { VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { handlers } from "tenantry/mock/msw";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";

/** The application under test: it creates its client itself, for a fixed address. */
async function accountNames(token: string): Promise<string[]> {
  const client = new VydonClient({ baseUrl: "https://vydon.example.com", auth: token });
  return (await client.accounts.list().toArray()).map(({ name }) => name);
}

const server = createMockServer();
server.seed({ vydon: { accounts: [{ name: "acme", members: [{ email: "ada@example.com" }] }] } });
const msw = setupServer(...handlers(server, "https://vydon.example.com"));
beforeAll(() => msw.listen({ onUnhandledRequest: "error" }));
beforeEach(() => server.reset());
afterAll(() => msw.close());

it("lists the accounts of the user", async () => {
  expect(await accountNames(server.vydon.signIn({ email: "ada@example.com" }).token)).toEqual(["acme"]);
});

it("lists nothing for a person without an account", async () => {
  expect(await accountNames(server.vydon.signIn({ email: "grace@example.com" }).token)).toEqual([]);
});
