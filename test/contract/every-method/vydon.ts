import { Code } from "@connectrpc/connect";
import type { MockServer } from "tenantry/mock";
import { expect } from "vitest";
import { ApiKeyService } from "../../../gen/mgmt/v1alpha1/api_key_pb.js";
import {
  AccountRole,
  ResourcePermission_Action as Action,
  ResourcePermission_Type as Type,
  UserAccountService,
} from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { text } from "../texts.js";
import { connectErrorOf, type World } from "../world.js";
import { manageKeys, signIn } from "./vydon-tokens.js";

/** Calls every method of Vydon in the cloud. */
export async function everyVydonMethod(server: MockServer, client: World["client"]): Promise<void> {
  const { vydon } = server;
  const token = await signIn(server, client, "ada@example.com");
  const ada = client(UserAccountService, token);
  await ada.setUser({});
  await ada.getUser({});
  await ada.getSystemInformation({});
  await ada.setPersonalAccount({});
  await ada.convertPersonalToTeamAccount({ name: "first" });
  const { accountId } = await ada.createTeamAccount({ name: "acme" });
  await ada.getUserAccounts({});
  await ada.isUserInAccount({ accountId });
  await manageKeys(server, client(ApiKeyService, token), accountId);

  const email = "grace@example.com";
  const grace = vydon.signIn({ email });
  const role = AccountRole.JOB_DEVELOPER;
  const { invite } = await ada.inviteUserToTeamAccount({ accountId, email, role });
  await client(UserAccountService, grace.token).acceptTeamAccountInvite({
    token: invite?.token ?? "",
  });
  await ada.getTeamAccountMembers({ accountId });
  await ada.setUserRole({ accountId, userId: grace.userId, role: AccountRole.ADMIN });
  // A role that is not in the schema, and any Unicode text.
  const unknownRole: number = 99;
  const odd = await ada.inviteUserToTeamAccount({ accountId, email: text, role: unknownRole });
  expect(odd.invite).toMatchObject({ email: text, role: unknownRole });
  await ada.getTeamAccountInvites({ accountId });
  await ada.removeTeamAccountInvite({ id: odd.invite?.id ?? "" });
  await ada.removeTeamAccountMember({ accountId, userId: grace.userId });

  await ada.setAccountOnboardingConfig({ accountId, config: { hasCompletedOnboarding: true } });
  await ada.getAccountOnboardingConfig({ accountId });
  const resources = [Type.ACCOUNT, Type.JOB].map((type) => ({ type, id: text, action: Action.READ }));
  await ada.hasPermission({ accountId, ...(resources[0] && { resource: resources[0] }) });
  await ada.hasPermissions({ accountId, resources });

  await ada.getAccountStatus({ accountId });
  await ada.isAccountStatusValid({ accountId });
  await ada.getAccountBillingCheckoutSession({ accountId });
  await ada.getAccountBillingPortalSession({ accountId });
  const worker = client(UserAccountService, vydon.workerKey().token);
  await worker.getBillingAccounts({ accountIds: [accountId] });
  const event = { accountId, eventName: "records", value: "1", eventId: "e1" };
  await worker.setBillingMeterEvent({ ...event, timestamp: 1_767_225_600n });
  // The largest 64-bit number.
  const late = await connectErrorOf(worker.setBillingMeterEvent({ ...event, timestamp: 2n ** 64n - 1n }));
  expect(late.rawMessage).toBe("uint64 value 18446744073709551615 overflows int64");

  expect((await connectErrorOf(ada.getAccountTemporalConfig({ accountId }))).code).toBe(Code.Unimplemented);
  expect((await connectErrorOf(ada.setAccountTemporalConfig({ accountId }))).code).toBe(Code.Unimplemented);
}

/** Calls the methods whose messages differ on a self-hosted Vydon. */
export async function temporalConfig({ vydon }: MockServer, client: World["client"]): Promise<void> {
  const ada = client(UserAccountService, vydon.signIn({ email: "ada@example.com" }).token);
  // Without the URL for the payment.
  const { accountId, checkoutSessionUrl } = await ada.createTeamAccount({ name: "acme" });
  expect(checkoutSessionUrl).toBeUndefined();
  await ada.getAccountTemporalConfig({ accountId });
  const config = { url: "temporal:7233", namespace: text, syncJobQueueName: "jobs" };
  expect((await ada.setAccountTemporalConfig({ accountId, config })).config).toMatchObject(config);
  // The field is absent. In the cloud, it is an empty string.
  expect((await ada.isAccountStatusValid({ accountId })).reason).toBeUndefined();
  await ada.getSystemInformation({});
}
