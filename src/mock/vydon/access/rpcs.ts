import type { DescMessage, DescMethodUnary, MessageInitShape, MessageShape } from "@bufbuild/protobuf";
import type { Engine } from "../../engine/engine.js";
import { createUnary } from "../../engine/unary.js";
import { rulesVersion } from "../options.js";
import type { VydonCaller } from "../state/rows.js";
import type { Vydon } from "../state/state.js";
import { Access } from "./access.js";
import { authenticate } from "./authenticate.js";
import {
  type AccountNeeds,
  type ByToken,
  type ByUser,
  Checks,
  type ForAccount,
  type UserNeeds,
} from "./checks.js";

/** Carries out a call. `checked` is what the checks returned. */
type Respond<I extends DescMessage, O extends DescMessage, Checked> = (
  request: MessageShape<I>,
  checked: Checked,
) => MessageInitShape<O>;

/** Makes the RPCs of a server, each with the checks that it needs. The order of the checks is in `checks.ts`. */
export function createRpcs(engine: Engine, vydon: Vydon, accepts: "any token" | "JWTs" = "any token") {
  const access = new Access(vydon);
  const checks = new Checks(vydon, access);
  const unary = createUnary(
    engine,
    "vydon",
    (header, method): VydonCaller => authenticate(vydon, header, method, accepts),
    { version: rulesVersion(vydon.modes), beforeToken: true },
  );

  return {
    access,
    checks,

    /** A call that needs only a token. */
    byToken<I extends DescMessage, O extends DescMessage>(
      rpc: DescMethodUnary<I, O>,
      respond: Respond<I, O, ByToken>,
    ) {
      return unary(rpc, (request, caller) => respond(request, { caller }));
    },

    /** A call of a registered user. */
    byUser<I extends DescMessage, O extends DescMessage>(
      rpc: DescMethodUnary<I, O>,
      needs: UserNeeds,
      respond: Respond<I, O, ByUser>,
    ) {
      return unary(rpc, (request, caller) => respond(request, checks.user(caller, needs)));
    },

    /** A call about the account that its request names. */
    forAccount<I extends DescMessage, O extends DescMessage>(
      rpc: DescMethodUnary<I, O>,
      needs: AccountNeeds & { readonly idOf: (request: MessageShape<I>) => string },
      respond: Respond<I, O, ForAccount>,
    ) {
      return unary(rpc, (request, caller) =>
        respond(request, checks.account(caller, needs.idOf(request), needs)),
      );
    },
  };
}

/** What {@link createRpcs} returns. */
export type VydonRpcs = ReturnType<typeof createRpcs>;

const idOf = ({ accountId }: { readonly accountId: string }) => accountId;

/** For a call about an account whose caller must be in the account. */
export const enter = { idOf, right: "enter" } as const;

/** For a call about an account whose caller must be allowed to view it. */
export const view = { idOf, right: "view" } as const;

/** For a call about an account whose caller must be allowed to edit it. */
export const edit = { idOf, right: "edit" } as const;
