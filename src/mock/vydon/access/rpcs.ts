import type { DescMessage, DescMethodUnary, MessageShape } from "@bufbuild/protobuf";
import type { Engine } from "../../engine/engine.js";
import { createUnary, type Respond } from "../../engine/unary.js";
import type { VydonCaller } from "../state/rows.js";
import type { Vydon } from "../state/state.js";
import { Access, type AccountNeeds, type ByUser, type ForAccount, type UserNeeds } from "./access.js";
import { authenticate } from "./authenticate.js";

/** The requirements of a call about the account that its request names. */
interface RequestNeeds<Request> extends AccountNeeds {
  /** Returns the account's id from the request. */
  readonly idOf: (request: Request) => string;
}

/**
 * Returns functions that create the RPCs of a server, each with the checks that it needs. The order of the checks is in
 * `access.ts`.
 *
 * @param accepts - the tokens that the service accepts.
 */
export function createRpcs(engine: Engine, vydon: Vydon, accepts: "any token" | "JWTs" = "any token") {
  const access = new Access(vydon);
  const signedIn = createUnary(
    engine,
    "vydon",
    (header, method): VydonCaller => authenticate(vydon, header, method, accepts),
    { version: vydon.modes.flavor === "neosync" ? "0.9" : "1.2" },
  );

  return {
    access,

    /** Creates an RPC that needs no token. The server does not apply the rules of its schema. */
    open: createUnary(engine, "vydon", () => undefined, { appliesRules: false }),

    /** Creates an RPC that needs a token. */
    signedIn,

    /** Creates an RPC for registered users. */
    byUser<I extends DescMessage, O extends DescMessage>(
      rpc: DescMethodUnary<I, O>,
      needs: UserNeeds,
      respond: Respond<I, O, ByUser>,
    ) {
      return signedIn(rpc, (request, caller, header) => respond(request, access.user(caller, needs), header));
    },

    /** Creates an RPC about the account that the request names. */
    forAccount<I extends DescMessage, O extends DescMessage>(
      rpc: DescMethodUnary<I, O>,
      needs: RequestNeeds<MessageShape<I>>,
      respond: Respond<I, O, ForAccount>,
    ) {
      return signedIn(rpc, (request, caller, header) =>
        respond(request, access.account(caller, needs.idOf(request), needs), header),
      );
    },
  };
}

/** The functions that create the RPCs of a server. */
export type VydonRpcs = ReturnType<typeof createRpcs>;

const idOf = ({ accountId }: { readonly accountId: string }) => accountId;

/** The caller must be in the account. */
export const enter = { idOf, right: "enter" } as const;

/** The caller must be allowed to view the account. */
export const view = { idOf, right: "view" } as const;

/** The caller must be allowed to edit the account. */
export const edit = { idOf, right: "edit" } as const;
