import type { Engine } from "../../engine/engine.js";
import { createUnary } from "../../engine/unary.js";
import type { Fam } from "../state/state.js";
import { Access } from "./access.js";

/** Makes the RPCs of a server. */
export function createRpcs(engine: Engine, fam: Fam) {
  return {
    access: new Access(fam),
    /** A call that needs a token. */
    signedIn: createUnary(engine, "fam", (header) => fam.sessions.authenticate(header)),
    /** A call that needs no token. */
    open: createUnary(engine, "fam", () => undefined),
  };
}

/** What {@link createRpcs} returns. */
export type FamRpcs = ReturnType<typeof createRpcs>;
