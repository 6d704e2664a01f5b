// A Worker with a client and a mock server.
import { InvalidArgumentError, OnaClient, VydonClient } from "tenantry";
import { createMockServer } from "tenantry/mock";

export default {
  async fetch() {
    const server = createMockServer();
    const organizations = ["north", "south", "west"].map((name) => ({ name, domain: "example.com" }));
    server.seed({ ona: { organizations } });

    const vydon = new VydonClient(server.vydon.signIn({ email: "ada@example.com" }).connect());
    const { accountId } = await vydon.accounts.createTeam({ name: "engines" });
    const members = await vydon.members.list(accountId).toArray();

    const ona = new OnaClient(server.ona.signIn({ email: "ada@example.com" }).connect());
    const pages = [];
    for await (const { items } of ona.accounts.listJoinableOrganizations({ pageSize: 2 }).pages()) {
      pages.push(items.length);
    }

    const error = await vydon.accounts.createTeam({ name: "No Spaces" }).catch((reason) => reason);
    return Response.json({
      members: members.map(({ email }) => email),
      pages,
      typed: error instanceof InvalidArgumentError,
    });
  },
};
