import type { ServiceImpl } from "@connectrpc/connect";
import type { AccountService } from "../../../gen/gitpod/v1/account_pb.js";
import type { Engine } from "../engine/handler.js";
import { createRpcs } from "./access/rpcs.js";
import { createAccounts } from "./accounts.js";
import { createLogins } from "./logins.js";
import type { Ona } from "./state/state.js";

/** All RPCs of the service. It does not compile if a resource lacks one. */
export function createOnaService(engine: Engine, ona: Ona): ServiceImpl<typeof AccountService> {
  const rpcs = createRpcs(engine, ona);
  return { ...createAccounts(ona, rpcs), ...createLogins(ona, rpcs) };
}
