import type { MockServer } from "tenantry/mock";
import { expect } from "vitest";
import { AccountService, AccountType } from "../../../gen/fam/v1/account_pb.js";
import { BillingService } from "../../../gen/fam/v1/billing_pb.js";
import { MemberService, MembershipStatus } from "../../../gen/fam/v1/member_pb.js";
import { text } from "../texts.js";
import type { World } from "../world.js";

/** Calls every method of FAM. */
export async function everyFamMethod({ fam, clock }: MockServer, client: World["client"]): Promise<void> {
  const { token } = fam.signIn({ email: "ada@example.com" });
  const accounts = client(AccountService, token);
  const members = client(MemberService, token);
  const billing = client(BillingService, token);

  const { id } = await accounts.createAccount({ name: text, type: AccountType.ENTERPRISE });
  clock.advance(1);
  await accounts.updateAccount({ id, name: text.repeat(2) });
  expect((await accounts.getAccount({ id })).account?.name).toBe(text.repeat(2));
  await accounts.listMyPermissions({});

  const invited = { accountId: id, relations: ["admin", "buyer"] };
  const { invitation } = await members.inviteMember({ ...invited, email: "grace@example.com" });
  const invitationToken = fam.inviteToken(invitation?.id ?? "");
  await client(MemberService).acceptInvitation({ invitationToken, password: text });
  const second = await members.inviteMember({ ...invited, email: text });
  await members.listInvitations({ accountId: id });
  await members.revokeInvitation({ accountId: id, invitationId: second.invitation?.id ?? "" });
  await members.listMembers({ accountId: id });
  const search = {
    query: "a",
    sort: [{ field: "email", descending: true }],
    filters: { relations: ["owner", "admin"], statuses: [MembershipStatus.ACTIVE] },
  };
  expect(await members.listAccountMembers({ accountId: id, page: 1, ...search })).toMatchObject({
    totalResults: 2n,
  });

  const { paymentConfigurationId } = await billing.getPaymentConfigByAccountID({ accountId: id });
  await billing.setupPaymentMethod({ paymentConfigurationId });
  const { id: paymentMethodId } = fam.addCard(id, { brand: text });
  await billing.setPrimaryCard({ paymentConfigurationId, paymentMethodId });
  expect((await billing.getCardInfo({ paymentConfigurationId })).cards).toMatchObject([
    { primary: false },
    { brand: text, primary: true },
  ]);
  await accounts.deleteAccount({ id });
}
