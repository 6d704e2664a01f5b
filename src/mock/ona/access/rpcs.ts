import type { DescMessage, DescMethodUnary, MessageShape } from "@bufbuild/protobuf";
import type { HandlerContext } from "@connectrpc/connect";
import type { Engine } from "../../engine/engine.js";
import { createUnary, type Respond } from "../../engine/unary.js";
import { type PageRequest, withPageFromQuery } from "../page-from-query.js";
import type { OnaCaller } from "../state/rows.js";
import type { Ona } from "../state/state.js";
import { Access, type ByUser, type Right } from "./access.js";

/** Makes the RPCs of a server. */
export function createRpcs(engine: Engine, ona: Ona) {
  const access = new Access(ona);
  const unary = createUnary(engine, "ona", (header) => access.authenticate(header));

  /** A call that needs a token. */
  function signedIn<I extends DescMessage, O extends DescMessage>(
    rpc: DescMethodUnary<I, O>,
    respond: Respond<I, O, OnaCaller>,
  ) {
    return unary(rpc, (request, caller, header) => {
      access.checkMethod(caller, rpc);
      return respond(request, caller, header);
    });
  }

  return {
    access,
    signedIn,

    /** A call that needs no token. */
    open: createUnary(engine, "ona", () => undefined),

    /** A call that needs the token of a user. */
    byUser<I extends DescMessage, O extends DescMessage>(
      rpc: DescMethodUnary<I, O>,
      right: Right,
      respond: Respond<I, O, ByUser>,
    ) {
      return signedIn(rpc, (request, caller, header) => respond(request, access.user(caller, right), header));
    },

    /** A call about the organization that its request names. */
    inOrganization<I extends DescMessage, O extends DescMessage>(
      rpc: DescMethodUnary<I, O>,
      needs: { readonly idOf: (request: MessageShape<I>) => string; readonly right: Right },
      respond: Respond<I, O, ByUser>,
    ) {
      return signedIn(rpc, (request, caller, header) =>
        respond(request, access.inOrganization(caller, needs.idOf(request), needs.right), header),
      );
    },

    /** A call that returns a page. A lenient server also takes the page from the query. */
    paged<Request extends PageRequest, Response>(
      rpc: (request: Request, context: HandlerContext) => Response,
    ) {
      return engine.lenient ? withPageFromQuery(rpc) : rpc;
    },
  };
}

/** What {@link createRpcs} returns. */
export type OnaRpcs = ReturnType<typeof createRpcs>;

const idOf = ({ organizationId }: { readonly organizationId: string }) => organizationId;

/** For a call about an organization whose caller must be a member. */
export const member = { idOf, right: "member" } as const;

/** For a call about an organization whose caller must be an admin. */
export const admin = { idOf, right: "admin" } as const;
