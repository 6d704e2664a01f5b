import type { ConnectRouter, ServiceImpl } from "@connectrpc/connect";
import { AccountService } from "../../../gen/fam/v1/account_pb.js";
import { BillingService } from "../../../gen/fam/v1/billing_pb.js";
import { MemberService } from "../../../gen/fam/v1/member_pb.js";
import type { Engine } from "../engine/engine.js";
import { createRpcs } from "./access/rpcs.js";
import { createAccounts } from "./accounts.js";
import { createBilling } from "./billing.js";
import { createInvites } from "./invites.js";
import { createMembers } from "./members.js";
import { renameService } from "./rename-service.js";
import type { Fam } from "./state/state.js";

/** Puts all services of a server on a router. It does not compile if an RPC is missing. */
export function addFamServices(router: ConnectRouter, engine: Engine, fam: Fam): void {
  const { serviceNames } = fam;
  const rpcs = createRpcs(engine, fam);
  const accounts: ServiceImpl<typeof AccountService> = createAccounts(fam, rpcs);
  const members: ServiceImpl<typeof MemberService> = {
    ...createMembers(fam, rpcs),
    ...createInvites(fam, rpcs),
  };
  const billing: ServiceImpl<typeof BillingService> = createBilling(fam, rpcs);
  router.service(renameService(AccountService, serviceNames.accounts), accounts);
  router.service(renameService(MemberService, serviceNames.members), members);
  router.service(renameService(BillingService, serviceNames.billing), billing);
}
