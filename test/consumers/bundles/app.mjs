// A web app that uses the SDK. It gets a `fetch` because the bundle is tested without a network.
import { InvalidArgumentError, OnaClient, VydonClient } from "tenantry";

globalThis.app = async ({ fetch, vydonToken, onaToken }) => {
  const vydon = new VydonClient({ baseUrl: "https://vydon.example.com", auth: vydonToken, fetch });
  const { accountId } = await vydon.accounts.createTeam({ name: "engines" });
  const members = await vydon.members.list(accountId).toArray();

  const ona = new OnaClient({ baseUrl: "https://ona.example.com", auth: onaToken, fetch });
  const pages = [];
  for await (const { items } of ona.accounts.listJoinableOrganizations({ pageSize: 2 }).pages()) {
    pages.push(items.length);
  }

  const error = await vydon.accounts.createTeam({ name: "No Spaces" }).catch((reason) => reason);
  return { members: members.map(({ email }) => email), pages, typed: error instanceof InvalidArgumentError };
};
