import type { DescService } from "@bufbuild/protobuf";
import { AccountService as FamAccountService } from "../../gen/fam/v1/account_pb.js";
import { BillingService } from "../../gen/fam/v1/billing_pb.js";
import { MemberService } from "../../gen/fam/v1/member_pb.js";
import { AccountService as OnaAccountService } from "../../gen/gitpod/v1/account_pb.js";
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
  readonly note?: string;
}

/** What of Ona's behaviour its documentation leaves open. */
const onaProposals: Readonly<Record<string, string>> = {
  DeleteAccount: "the codes of its refusals are proposed",
  GetSSOLoginURL: "the code for a domain without SSO is proposed",
  ListSSOLogins: "the code for a bad page token is proposed",
  ListLoginProviders: "the code for a bad page token is proposed",
  ListJoinableOrganizations: "the code for a bad page token is proposed",
};

/** All RPCs of the page, by API. */
export const apis: readonly { readonly title: string; readonly rpcs: readonly Rpc[] }[] = [
  {
    title: "Vydon and Neosync: `mgmt.v1alpha1.UserAccountService`",
    rpcs: rpcsOf(UserAccountService, "recorded"),
  },
  {
    title: "Vydon and Neosync: `AuthService` and `ApiKeyService`",
    rpcs: [AuthService, ApiKeyService].flatMap((service) => rpcsOf(service, "recorded")),
  },
  {
    title: "Ona: `gitpod.v1.AccountService`",
    rpcs: rpcsOf(OnaAccountService, "documented", onaProposals),
  },
  {
    title: "Fetch Ads Manager: `AccountService`, `MemberService`, `BillingService`",
    rpcs: [FamAccountService, MemberService, BillingService].flatMap((service) =>
      rpcsOf(service, "proposed"),
    ),
  },
];

function rpcsOf(service: DescService, origin: Origin, notes: Readonly<Record<string, string>> = {}): Rpc[] {
  return service.methods.map(({ name }) => {
    const note = notes[name];
    return { service: service.typeName, method: name, origin, ...(note !== undefined && { note }) };
  });
}
