import { Code } from "@connectrpc/connect";

/** A code as the Connect protocol spells it: `Code.NotFound` is `not_found`. */
export function codeName(code: Code): string {
  return Code[code].replace(/\B[A-Z]/g, "_$&").toLowerCase();
}
