import type { HandlerContext } from "@connectrpc/connect";
import { createUnary, type Engine } from "../../engine/handler.js";
import { type Paged, takeQuery } from "../lenient.js";
import type { Ona } from "../state/state.js";
import { Access } from "./access.js";

/** Makes the RPCs of a server. */
export function createRpcs(engine: Engine, ona: Ona) {
  const access = new Access(ona);
  return {
    access,
    /** A call that needs a token. */
    signedIn: createUnary(engine, "ona", (header) => access.authenticate(header)),
    /** A call that needs no token. */
    open: createUnary(engine, "ona", () => undefined),
    /** A call that returns a page. A lenient server also takes the page from the query. */
    paged<Request extends Paged, Response>(rpc: (request: Request, context: HandlerContext) => Response) {
      return engine.lenient ? takeQuery(rpc) : rpc;
    },
  };
}

/** What {@link createRpcs} returns. */
export type OnaRpcs = ReturnType<typeof createRpcs>;
