// What a web app has of the SDK. `fetch` is given only because there is no network where the bundle is tried.
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
