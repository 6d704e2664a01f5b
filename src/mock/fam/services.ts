import type { ServiceImpl } from "@connectrpc/connect";
import type { AccountService } from "../../../gen/fam/v1/account_pb.js";
import type { BillingService } from "../../../gen/fam/v1/billing_pb.js";
import type { MemberService } from "../../../gen/fam/v1/member_pb.js";
import type { Engine } from "../engine/engine.js";
import { createRpcs } from "./access/rpcs.js";
import { createAccounts } from "./accounts.js";
import { createBilling } from "./billing.js";
import { createInvites } from "./invites.js";
import { createMembers } from "./members.js";
import type { Fam } from "./state/state.js";

/** The implementations of FAM's services. */
interface FamServiceImpls {
  readonly accounts: ServiceImpl<typeof AccountService>;
  readonly members: ServiceImpl<typeof MemberService>;
  readonly billing: ServiceImpl<typeof BillingService>;
}

/** Creates all services of a server. It does not compile if an RPC is missing. */
export function createFamServices(engine: Engine, fam: Fam): FamServiceImpls {
  const rpcs = createRpcs(engine, fam);
  return {
    accounts: createAccounts(fam, rpcs),
    members: { ...createMembers(fam, rpcs), ...createInvites(fam, rpcs) },
    billing: createBilling(fam, rpcs),
  };
}
