import type { VydonSession } from "tenantry/mock";
import { AccountRole } from "tenantry/proto/vydon";
import type { VydonRpc, World } from "../world.js";

/** A person in a test: their session, and the client that calls as them. */
export interface Person {
  readonly email: string;
  readonly session: VydonSession;
  readonly userId: string;
  readonly rpc: VydonRpc;
}

/** Signs a person in: `person(world, "ada")` is ada@example.com. */
export function person(world: World, name: string, registered = true): Person {
  const email = `${name}@example.com`;
  const session = world.server.vydon.signIn({ email, registered });
  return { email, session, userId: session.userId, rpc: world.vydon(session) };
}

/** Creates a team account whose admin is Ada. */
export async function createTeam(world: World, name = "acme"): Promise<{ ada: Person; accountId: string }> {
  const ada = person(world, "ada");
  const { accountId } = await ada.rpc.createTeamAccount({ name });
  return { ada, accountId };
}

/** Invites a person as an admin, and accepts as that person. Returns that person. */
export async function join(
  world: World,
  { admin, accountId, name, role }: { admin: Person; accountId: string; name: string; role: AccountRole },
): Promise<Person> {
  const joining = person(world, name);
  const { invite } = await admin.rpc.inviteUserToTeamAccount({ accountId, email: joining.email, role });
  await joining.rpc.acceptTeamAccountInvite({ token: invite?.token ?? "" });
  return joining;
}

/** A valid id that does not exist on the server. */
export const unknownId = "11111111-2222-4333-8444-555555555555";

/** Every role of a member except admin. */
export const nonAdminRoles = [
  AccountRole.JOB_DEVELOPER,
  AccountRole.JOB_VIEWER,
  AccountRole.JOB_EXECUTOR,
] as const;
