import type { DescMessage, DescMethodUnary, MessageInitShape } from "@bufbuild/protobuf";
import fc from "fast-check";
import { FamClient } from "tenantry/fam";
import { describe, expect, it } from "vitest";
import { AccountService, AccountType } from "../../gen/fam/v1/account_pb.js";
import { BillingService } from "../../gen/fam/v1/billing_pb.js";
import { MemberService, MembershipStatus } from "../../gen/fam/v1/member_pb.js";
import { defined, empty, expectAgreement, nothing, rpc, texts } from "./against-protobuf-es.js";
import { each, type Model } from "./model-of.js";

const optional = fc.option(texts, { nil: undefined });
const few = <T>(items: fc.Arbitrary<T>) => fc.array(items, { maxLength: 3 });

/** Random arguments for all methods. */
const args = fc.record({
  id: texts,
  other: texts,
  text: texts,
  optionalText: optional,
  optionalCode: optional,
  type: fc.constantFrom(undefined, "ad_account", "business_manager", "enterprise", "agency"),
  relations: fc.array(texts, { minLength: 1, maxLength: 3 }),
  statuses: few(fc.constantFrom("invited", "active", "invitation_expired", "invitation_revoked")),
  sort: few(fc.record({ field: texts, descending: fc.boolean() })),
});

type Args = typeof args extends fc.Arbitrary<infer T> ? T : never;

const types = {
  ad_account: AccountType.AD_ACCOUNT,
  business_manager: AccountType.BUSINESS_MANAGER,
  enterprise: AccountType.ENTERPRISE,
  agency: AccountType.AGENCY,
} as const;

const statusNumbers = {
  invited: MembershipStatus.INVITED,
  active: MembershipStatus.ACTIVE,
  invitation_expired: MembershipStatus.INVITATION_EXPIRED,
  invitation_revoked: MembershipStatus.INVITATION_REVOKED,
} as const;

function fam<Input extends DescMessage, Output extends DescMessage>(
  descriptor: DescMethodUnary<Input, Output>,
  call: (client: FamClient, args: Args) => PromiseLike<unknown>,
  request: (args: Args) => MessageInitShape<Input>,
  result?: (model: Model) => unknown,
) {
  return rpc(descriptor, call, request, result);
}

const id = ({ id }: Args) => ({ id });
const accountId = ({ id }: Args) => ({ accountId: id });
const paymentConfigurationId = ({ id }: Args) => ({ paymentConfigurationId: id });
const account = (model: Model) => model["account"];
const accesses = (accounts: unknown) =>
  each(accounts, ({ accountId, ...rest }) => ({ id: accountId, ...rest }));

const accountCases = [
  fam(
    AccountService.method.createAccount,
    (c, { text, type }) => c.accounts.create({ name: text, type }),
    ({ text, type }) => defined({ name: text, type: type && types[type] }),
  ),
  fam(AccountService.method.getAccount, (c, { id }) => c.accounts.get(id), id, account),
  fam(
    AccountService.method.updateAccount,
    (c, { id, text }) => c.accounts.update(id, { name: text }),
    ({ id, text }) => ({ id, name: text }),
    account,
  ),
  fam(AccountService.method.deleteAccount, (c, { id }) => c.accounts.delete(id), id, nothing),
  fam(
    AccountService.method.listMyPermissions,
    (c) => c.accounts.permissions(),
    empty,
    ({ accounts, ...rest }) => ({ ...rest, accounts: accesses(accounts) }),
  ),
];

const memberCases = [
  fam(
    MemberService.method.inviteMember,
    (c, { id, text, relations }) => c.invites.create(id, { email: text, relations }),
    ({ id, text, relations }) => ({ accountId: id, email: text, relations }),
    ({ invitation }) => invitation,
  ),
  fam(
    MemberService.method.acceptInvitation,
    (c, { text, optionalText, optionalCode }) =>
      c.invites.accept({ token: text, password: optionalText, code: optionalCode }),
    ({ text, optionalText, optionalCode }) =>
      defined({ invitationToken: text, password: optionalText, code: optionalCode }),
  ),
  fam(
    MemberService.method.revokeInvitation,
    (c, { id, other }) => c.invites.revoke(id, other),
    ({ id, other }) => ({ accountId: id, invitationId: other }),
    nothing,
  ),
  fam(
    MemberService.method.listInvitations,
    (c, { id }) => c.invites.list(id).toArray(),
    accountId,
    ({ invitations }) => invitations,
  ),
  fam(
    MemberService.method.listMembers,
    (c, { id }) => c.members.list(id).toArray(),
    accountId,
    ({ members }) => members,
  ),
  fam(
    MemberService.method.listAccountMembers,
    (c, { id, optionalText, statuses, relations, sort }) =>
      c.members.search(id, { query: optionalText, statuses, relations, sort }).then(({ items }) => items),
    ({ id, optionalText, statuses, relations, sort }) => ({
      ...defined({ accountId: id, query: optionalText }),
      filters: { statuses: statuses.map((status) => statusNumbers[status]), relations },
      sort,
      page: 1,
    }),
    ({ members }) => members,
  ),
];

const billingCases = [
  fam(
    BillingService.method.setupPaymentMethod,
    (c, { id }) => c.billing.setupPaymentMethod(id),
    paymentConfigurationId,
  ),
  fam(
    BillingService.method.getCardInfo,
    (c, { id }) => c.billing.listCards(id).toArray(),
    paymentConfigurationId,
    ({ cards }) => cards,
  ),
  fam(
    BillingService.method.getPaymentConfigByAccountID,
    (c, { id }) => c.billing.getPaymentConfiguration(id),
    accountId,
  ),
  fam(
    BillingService.method.setPrimaryCard,
    (c, { id, other }) => c.billing.setPrimaryCard(id, other),
    ({ id, other }) => ({ paymentConfigurationId: id, paymentMethodId: other }),
    nothing,
  ),
];

const connect = (options: { fetch?: typeof fetch | undefined; retry?: false | undefined }) =>
  new FamClient({ baseUrl: "https://fam.example.com", ...options });

describe.each([
  ["accounts", AccountService, accountCases],
  ["members", MemberService, memberCases],
  ["billing", BillingService, billingCases],
] as const)("FamClient reads and writes the JSON of %s as protobuf-es does", (_name, service, cases) => {
  it.each(cases.map((each) => [each.name, each] as const))("%s", async (_method, each) => {
    await expectAgreement(connect, args, each);
  });

  it("every RPC of the service is tested above", () => {
    expect(cases.map(({ name }) => name).sort()).toEqual(service.methods.map(({ name }) => name).sort());
  });
});

it("FamClient's accounts.list() returns the accounts of ListMyPermissions", async () => {
  const listing = fam(
    AccountService.method.listMyPermissions,
    (c) => c.accounts.list().toArray(),
    empty,
    ({ accounts }) => accesses(accounts),
  );
  await expectAgreement(connect, args, listing);
});
