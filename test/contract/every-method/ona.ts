import type { MockServer } from "tenantry/mock";
import { expect } from "vitest";
import { AccountService } from "../../../gen/gitpod/v1/account_pb.js";
import { text } from "../texts.js";
import { connectErrorOf, type World } from "../world.js";
import { everyOrganizationMethod } from "./ona-organizations.js";

/** Calls every method of Ona. */
export async function everyOnaMethod(server: MockServer, client: World["client"]): Promise<void> {
  await everyAccountMethod(server, client);
  await everyOrganizationMethod(server, client);
}

async function everyAccountMethod({ ona }: MockServer, client: World["client"]): Promise<void> {
  const { accountId, token } = ona.signIn({ email: "ada@example.com" });
  const ada = client(AccountService, token);
  const members = [{ email: "ada@example.com" }];
  const { id } = ona.addOrganization({ name: text, tier: "enterprise", members });
  for (const name of ["Acme", "Labs"]) ona.addOrganization({ name, domain: "example.com" });
  const { account } = await ada.getAccount({});
  expect(account?.memberships).toMatchObject([{ organizationName: text }]);
  const first = await ada.listJoinableOrganizations({ pagination: { pageSize: 1 } });
  const page = { token: first.pagination?.nextToken ?? "" };
  await ada.listJoinableOrganizations({ pagination: page });

  ona.addSso({ domain: "example.com", displayName: text });
  const inviteId = "7a1c4c39-5d0e-4d2c-9a3c-0f6a3a3f9d10";
  ona.addProvider({ provider: "custom", inviteId });
  const email = "ada@example.com";
  const returnTo = `https://app.example.com/?said=${encodeURIComponent(text)}`;
  const { loginUrl } = await client(AccountService).getSSOLoginURL({ email, returnTo });
  expect(new URL(loginUrl).searchParams.get("returnTo")).toBe(returnTo);
  await client(AccountService).listSSOLogins({ email });
  await client(AccountService).listLoginProviders({ filter: { inviteId } });

  const grace = ona.signIn({ email: "grace@example.com" });
  ona.setUsage(grace.accountId, { environments: 2 ** 31 - 1, subscriptions: 1 });
  const block = { accountId: grace.accountId, reason: text };
  expect(await ada.blockAccount(block)).toMatchObject({ environmentsStopped: 2 ** 31 - 1 });
  await ada.unblockAccount({ accountId: grace.accountId });
  await connectErrorOf(ada.deleteAccount({ accountId }));
  ona.leave(id, accountId);
  await ada.deleteAccount({ accountId, reason: "" });
}
