import { InvalidArgumentError, OnaClient } from "tenantry";
import { createMockServer } from "tenantry/mock";
import { describe, expect, it } from "vitest";

const names = Array.from({ length: 60 }, (_, index) => `organization ${index}`);

/** Creates a server with sixty organizations that Ada can join. */
function start() {
  const server = createMockServer();
  server.seed({ ona: { organizations: names.map((name) => ({ name, domain: "example.com" })) } });
  const { accounts } = new OnaClient(server.ona.signIn({ email: "ada@example.com" }).connect());
  const sizes = () =>
    server.calls.of("ListJoinableOrganizations").map(({ request }) => request.pagination?.pageSize);
  return { server, accounts, sizes };
}

describe("a list of OnaClient with several pages", () => {
  it("returns every item, page after page", async () => {
    const { accounts, sizes } = start();
    const found: string[] = [];
    for await (const { organizationName } of accounts.listJoinableOrganizations())
      found.push(organizationName);
    expect(found).toEqual(names);
    expect(sizes()).toEqual([0, 0, 0]);
  });

  it("rejects with InvalidArgumentError for a cursor with an unknown page token", async () => {
    const { accounts } = start();
    const list = accounts.listJoinableOrganizations({ cursor: "0:made up" });
    await expect(list.toArray()).rejects.toBeInstanceOf(InvalidArgumentError);
  });
});

describe("listSsoLogins() and listLoginProviders()", () => {
  it("fetch several pages", async () => {
    const { server, accounts } = start();
    for (const displayName of names) server.ona.addSso({ domain: "example.com", displayName });
    for (const provider of names) server.ona.addProvider({ provider });
    const logins = await accounts.listSsoLogins({ email: "ada@example.com" }, { pageSize: 7 }).toArray();
    expect(logins.map(({ displayName }) => displayName)).toEqual(names);
    const providers = await accounts.listLoginProviders({}, { pageSize: 7 }).toArray();
    expect(providers.map(({ provider }) => provider)).toEqual(names);
    expect(server.calls.of("ListLoginProviders")).toHaveLength(9);
  });
});
