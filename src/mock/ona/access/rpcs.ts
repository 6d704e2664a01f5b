import type { DescMessage, DescMethodUnary, MessageShape } from "@bufbuild/protobuf";
import type { Engine } from "../../engine/engine.js";
import { createUnary, type Respond, type Rpc } from "../../engine/unary.js";
import { withPageFromQuery } from "../page-from-query.js";
import type { OnaCaller } from "../state/rows.js";
import type { Ona } from "../state/state.js";
import { Access, type ByUser, type Right } from "./access.js";
import { authenticate, checkMethod, recordUse } from "./authenticate.js";

/** The requirements of a call about an organization. */
interface OrganizationNeeds<Request> {
  /** Returns the organization's id from the request. */
  readonly idOf: (request: Request) => string;
  readonly right: Right;
}

/** Returns functions that create the RPCs of a server, each with the checks that it needs. */
export function createRpcs(engine: Engine, ona: Ona) {
  const access = new Access(ona);
  const withToken = createUnary(engine, "ona", (header, method) => authenticate(ona, header, method), {
    onCaller: (caller) => recordUse(ona, caller),
  });
  const withoutToken = createUnary(engine, "ona", () => undefined);

  /** On a lenient server, makes a list accept the requested page in the query too. */
  function lenient<I extends DescMessage, O extends DescMessage>(input: I, rpc: Rpc<I, O>): Rpc<I, O> {
    return engine.lenient ? withPageFromQuery(input, rpc) : rpc;
  }

  /** Creates an RPC that needs no token. */
  function open<I extends DescMessage, O extends DescMessage>(
    rpc: DescMethodUnary<I, O>,
    respond: Respond<I, O, undefined>,
  ) {
    return lenient(rpc.input, withoutToken(rpc, respond));
  }

  /** Creates an RPC that needs a token. `organizationOf` is for a request that names its organization in an unusual field. */
  function signedIn<I extends DescMessage, O extends DescMessage>(
    rpc: DescMethodUnary<I, O>,
    respond: Respond<I, O, OnaCaller>,
    organizationOf?: (request: MessageShape<I>) => string | undefined,
  ) {
    const checked: typeof respond = (request, caller, header) => {
      checkMethod(caller, rpc);
      return respond(request, caller, header);
    };
    return lenient(rpc.input, withToken(rpc, checked, organizationOf));
  }

  return {
    access,

    open,
    signedIn,

    /** Creates an RPC for the users of an organization. */
    byUser<I extends DescMessage, O extends DescMessage>(
      rpc: DescMethodUnary<I, O>,
      right: Right,
      respond: Respond<I, O, ByUser>,
    ) {
      return signedIn(rpc, (request, caller, header) => respond(request, access.user(caller, right), header));
    },

    /** Creates an RPC for the users of the organization that the request names. */
    forOrganization<I extends DescMessage, O extends DescMessage>(
      rpc: DescMethodUnary<I, O>,
      needs: OrganizationNeeds<MessageShape<I>>,
      respond: Respond<I, O, ByUser>,
    ) {
      return signedIn(rpc, (request, caller, header) =>
        respond(request, access.userInOrganization(caller, needs.idOf(request), needs.right), header),
      );
    },
  };
}

/** The functions that create the RPCs of a server. */
export type OnaRpcs = ReturnType<typeof createRpcs>;

const idOf = ({ organizationId }: { readonly organizationId: string }) => organizationId;

/** The caller must be a member of the organization. */
export const member = { idOf, right: "member" } as const;

/** The caller must be an admin of the organization. */
export const admin = { idOf, right: "admin" } as const;
