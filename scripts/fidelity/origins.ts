import type { DescService } from "@bufbuild/protobuf";
import { AccountService as FamAccountService } from "../../gen/fam/v1/account_pb.js";
import { BillingService } from "../../gen/fam/v1/billing_pb.js";
import { MemberService } from "../../gen/fam/v1/member_pb.js";
import { AccountService as OnaAccountService } from "../../gen/gitpod/v1/account_pb.js";
import { BillingService as OnaBillingService } from "../../gen/gitpod/v1/billing_pb.js";
import { IdentityService } from "../../gen/gitpod/v1/identity_pb.js";
import { OrganizationService } from "../../gen/gitpod/v1/organization_service_pb.js";
import { UserService } from "../../gen/gitpod/v1/user_pb.js";
import { ApiKeyService } from "../../gen/mgmt/v1alpha1/api_key_pb.js";
import { AuthService } from "../../gen/mgmt/v1alpha1/auth_pb.js";
import { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";

/** Where the behaviour of an RPC comes from. */
type Origin = "recorded" | "documented" | "proposed";

/** One line of the page. */
export interface Rpc {
  readonly service: string;
  readonly method: string;
  readonly origin: Origin;
  readonly note: string | undefined;
}

const tokens = "refusals call by call, tokens by their form, because the identity provider is the mock's own";

/** The parts of signing in that no recording shows: the identity provider of the recordings was a stand-in. */
const signInNotes: Readonly<Record<string, string>> = {
  GetAuthorizeUrl: "the form of the URL, because the identity provider is the mock's own",
  LoginCli: tokens,
  RefreshCli: tokens,
};

/** The proposal for many calls of Ona. */
const onaNote =
  "For all calls, we propose the codes of these refusals: the token of a suspended user or of a deleted account, a read-only token that changes something, an organization that is not the token's, a thing that does not exist, and an invalid page token.";

/** The parts of Ona's behaviour that its documentation does not describe. */
const onaProposals: Readonly<Record<string, string>> = {
  DeleteAccount:
    "the codes of its refusals, that a suspended member is refused too, and that its tokens then fail in other calls, are proposed",
  GetSSOLoginURL: "the code for a domain without SSO is proposed",
  BlockAccount:
    "that every account may call it, and that a repeat changes nothing and returns zeros, are proposed",
  UnblockAccount: "that every account may call it is proposed",
  CreateOrganization:
    "that any token of the account may call it, the creator's role, the tier and the refusal of public email domains are proposed",
  GetOrganization: "that every member may call it is proposed",
  UpdateOrganization: "the refusals of an empty name and of domains that are not verified are proposed",
  DeleteOrganization: "that its users' tokens end, and that accounts that it owned stay, are proposed",
  JoinOrganization:
    "that any token of the account may call it, also one for another organization, the role, the refusals, a repeat and a return after leaving are proposed",
  ListMembers:
    "that a member must match all filters, and that members who have left are listed only if the filter names their status, are proposed",
  SetRole: "the refusals, and that an admin must stay, are proposed",
  LeaveOrganization:
    "that the token of an account may call it, the refusals, that an admin must stay and that the user's tokens end are proposed",
  GetOrganizationInvite: "who may call it, and that it creates a link if there is none, are proposed",
  GetOrganizationInviteSummary: "that it needs no token, and its refusal, are proposed",
  CreateDomainVerification:
    "who may call it, that a domain may be added twice, and that its form is not checked, are proposed",
  GetDomainVerification: "who may call it is proposed",
  ListDomainVerifications: "who may call it is proposed",
  VerifyDomain: "who may call it, and that a missing proof leaves it pending, are proposed",
  DeleteDomainVerification:
    "who may call it, and that people with an email of the domain can no longer join, are proposed",
  GetAuthenticatedUser: "the refusal of other tokens is proposed",
  GetUser: "its refusals are proposed",
  SetSuspended: "who may call it, and its refusals, are proposed",
  DeleteUser: "who may call it, also with the token of an account, and that an admin must stay, are proposed",
  CreatePersonalAccessToken: "the default of 30 days, and the refusal for another user, are proposed",
  GetPersonalAccessToken: "who may call it is proposed",
  ListPersonalAccessTokens: "which users' tokens are listed is proposed",
  DeletePersonalAccessToken: "who may call it is proposed",
  GetAuthenticatedIdentity:
    "the response for the token of an account, and the words for the tier, are proposed",
  ExchangeToken:
    "that it needs no other token, that a token is good for one use, the hour's life and its refusals are proposed",
  GetCreditUsageReport: "the number of top users and the codes of its refusals are proposed",
  GetCreditUsageExport: "the columns and the codes of its refusals are proposed",
  GetCumulativeCreditUsage: "that a billing period is a month is proposed",
  ListEnterpriseUserCreditUsage:
    "the code for too many users, and the place of users without a budget, are proposed",
};

/** All RPCs of the page, by API. */
export const apis: readonly {
  readonly title: string;
  /** Notes on all of its RPCs. */
  readonly note?: string;
  readonly rpcs: readonly Rpc[];
}[] = [
  {
    title: "Vydon and Neosync: `mgmt.v1alpha1.UserAccountService`",
    rpcs: rpcsOf(UserAccountService, "recorded"),
  },
  {
    title: "Vydon and Neosync: `AuthService` and `ApiKeyService`",
    rpcs: [AuthService, ApiKeyService].flatMap((service) => rpcsOf(service, "recorded", signInNotes)),
  },
  {
    title: "Ona: `gitpod.v1.AccountService`",
    note: onaNote,
    rpcs: rpcsOf(OnaAccountService, "documented", onaProposals),
  },
  {
    title: "Ona: `OrganizationService`, `UserService`, `IdentityService`, `BillingService`",
    note: onaNote,
    rpcs: [OrganizationService, UserService, IdentityService, OnaBillingService].flatMap((service) =>
      rpcsOf(service, "documented", onaProposals),
    ),
  },
  {
    title: "Fetch Ads Manager: `AccountService`, `MemberService`, `BillingService`",
    rpcs: [FamAccountService, MemberService, BillingService].flatMap((service) =>
      rpcsOf(service, "proposed"),
    ),
  },
];

function rpcsOf(service: DescService, origin: Origin, notes: Readonly<Record<string, string>> = {}): Rpc[] {
  return service.methods.map(({ name }) => ({
    service: service.typeName,
    method: name,
    origin,
    note: notes[name],
  }));
}
