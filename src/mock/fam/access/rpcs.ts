import type { DescMessage, DescMethodUnary, MessageShape } from "@bufbuild/protobuf";
import type { Engine } from "../../engine/engine.js";
import { createUnary, type Respond } from "../../engine/unary.js";
import type { FamAccountRow, FamCaller } from "../state/rows.js";
import type { Fam } from "../state/state.js";
import { Access, type Permission } from "./access.js";

/** The caller, and the account that they may use. */
interface ForAccount {
  readonly caller: FamCaller;
  readonly account: FamAccountRow;
}

/** The requirements of a call about the account that its request names. */
interface RequestNeeds<Request> {
  /** Returns the account's id from the request. */
  readonly idOf: (request: Request) => string;
  readonly permission: Permission;
}

/** Returns functions that create the RPCs of a server, each with the checks that it needs. */
export function createRpcs(engine: Engine, fam: Fam) {
  const access = new Access(fam);
  const signedIn = createUnary(engine, "fam", (header) => fam.sessions.authenticate(header));

  return {
    access,

    /** Creates an RPC that needs no token. */
    open: createUnary(engine, "fam", () => undefined),

    /** Creates an RPC that needs a token. */
    signedIn,

    /** Creates an RPC about the account that the request names. */
    forAccount<I extends DescMessage, O extends DescMessage>(
      rpc: DescMethodUnary<I, O>,
      { idOf, permission }: RequestNeeds<MessageShape<I>>,
      respond: Respond<I, O, ForAccount>,
    ) {
      const checked: Respond<I, O, FamCaller> = (request, caller, header) =>
        respond(request, { caller, account: access.account(caller, idOf(request), permission) }, header);
      return signedIn(rpc, checked, idOf);
    },
  };
}

/** The functions that create the RPCs of a server. */
export type FamRpcs = ReturnType<typeof createRpcs>;

const idOf = ({ accountId }: { readonly accountId: string }) => accountId;

/** The caller must have a permission in the account with the request's `accountId`. */
export function withPermission(permission: Permission) {
  return { idOf, permission };
}
