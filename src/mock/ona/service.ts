import type { ServiceImpl } from "@connectrpc/connect";
import { AccountService } from "../../../gen/gitpod/v1/account_pb.js";
import { createUnary, type Engine } from "../engine/handler.js";
import { Access } from "./access/access.js";
import { createAccounts } from "./accounts.js";
import { takeQuery } from "./lenient.js";
import { createLogins } from "./logins.js";
import type { Ona } from "./state/state.js";

/** All RPCs of the service, and the resources that answer them. */
export function createOnaService(engine: Engine, ona: Ona): ServiceImpl<typeof AccountService> {
  const access = new Access(ona);
  const unary = createUnary(engine, "ona", (header) => access.authenticate(header));
  const open = createUnary(engine, "ona", () => undefined);

  const accounts = createAccounts(ona, access);
  const logins = createLogins(ona);

  const rpc = AccountService.method;
  const service = {
    getAccount: unary(rpc.getAccount, accounts.getAccount),
    deleteAccount: unary(rpc.deleteAccount, accounts.deleteAccount),
    blockAccount: unary(rpc.blockAccount, accounts.blockAccount),
    unblockAccount: unary(rpc.unblockAccount, accounts.unblockAccount),
    listJoinableOrganizations: unary(rpc.listJoinableOrganizations, accounts.listJoinableOrganizations),

    getSSOLoginURL: open(rpc.getSSOLoginURL, logins.getSSOLoginURL),
    listSSOLogins: open(rpc.listSSOLogins, logins.listSSOLogins),
    listLoginProviders: open(rpc.listLoginProviders, logins.listLoginProviders),
  };
  if (!ona.lenient) return service;
  return {
    ...service,
    listJoinableOrganizations: takeQuery(service.listJoinableOrganizations),
    listSSOLogins: takeQuery(service.listSSOLogins),
    listLoginProviders: takeQuery(service.listLoginProviders),
  };
}
