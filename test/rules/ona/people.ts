import type { Client } from "@connectrpc/connect";
import { AccountService } from "../../../gen/gitpod/v1/account_pb.js";
import type { OnaSession } from "../../../src/mock/index.js";
import type { World } from "../world.js";

/** The raw Connect client of Ona's service: no code of the SDK stands between the test and the server. */
export type OnaRpc = Client<typeof AccountService>;

/** Calls Ona as this session, or as nobody. */
export function callAs(world: World, session?: OnaSession): OnaRpc {
  return world.client(AccountService, session?.token);
}

/** Somebody of a test: their session, and the client that calls as them. */
export interface Person {
  readonly email: string;
  readonly session: OnaSession;
  readonly accountId: string;
  readonly rpc: OnaRpc;
}

/** Signs somebody in: `person(world, "ada")` is ada@example.com. */
export function person(world: World, name: string, domain = "example.com"): Person {
  const email = `${name}@${domain}`;
  const session = world.server.ona.signIn({ email });
  return { email, session, accountId: session.accountId, rpc: callAs(world, session) };
}

/** An id of the right form that nothing has. */
export const unknownId = "11111111-2222-4333-8444-555555555555";
