import type { Client } from "@connectrpc/connect";
import type { FamSession } from "tenantry/mock";
import {
  AccountService,
  BillingService,
  type CreateAccountResponse,
  type Invitation,
  MemberService,
} from "tenantry/proto/fam";
import type { World } from "../world.js";

/** The raw Connect clients of FAM's services: no code of the SDK stands between the test and the server. */
export interface FamRpc {
  readonly accounts: Client<typeof AccountService>;
  readonly members: Client<typeof MemberService>;
  readonly billing: Client<typeof BillingService>;
}

/** Calls FAM with this token, or without one. */
export function callWith(world: World, token?: string): FamRpc {
  return {
    accounts: world.client(AccountService, token),
    members: world.client(MemberService, token),
    billing: world.client(BillingService, token),
  };
}

/** A person in a test: their session, and the clients that call as them. */
export interface Person {
  readonly email: string;
  readonly session: FamSession;
  readonly userId: string;
  readonly rpc: FamRpc;
}

/** Signs a person in: `person(world, "ada")` is ada@example.com. */
export function person(world: World, name: string): Person {
  const email = `${name}@example.com`;
  const session = world.server.fam.signIn({ email });
  return { email, session, userId: session.userId, rpc: callWith(world, session.token) };
}

/** Creates an account that Ada owns. */
export async function createAccount(
  world: World,
): Promise<{ ada: Person; account: CreateAccountResponse; accountId: string }> {
  const ada = person(world, "ada");
  const account = await ada.rpc.accounts.createAccount({ name: "Acme" });
  return { ada, account, accountId: account.id };
}

/** Invites a person as a member of an account. Returns the invitation and the token to accept it with. */
export async function invite(
  world: World,
  from: Person,
  accountId: string,
  { name, relations = ["member"] }: { name: string; relations?: string[] },
): Promise<{ invitation: Invitation; invitationToken: string }> {
  const request = { accountId, email: `${name}@example.com`, relations };
  const { invitation } = await from.rpc.members.inviteMember(request);
  if (invitation === undefined) throw new Error("the response has no invitation");
  return { invitation, invitationToken: world.server.fam.inviteToken(invitation.id) };
}

/** Invites a person, who accepts. Returns that person. */
export async function join(
  world: World,
  from: Person,
  accountId: string,
  who: { name: string; relations?: string[] },
): Promise<Person> {
  const joining = person(world, who.name);
  const { invitationToken } = await invite(world, from, accountId, who);
  await callWith(world).members.acceptInvitation({ invitationToken });
  return joining;
}

/** Seeds an agency that Ada owns, and below it an account that Grace owns and Barbara is a member of. */
export function seedAgency(world: World): { ada: Person; agencyId: string; accountId: string } {
  world.server.seed({
    fam: {
      accounts: [
        {
          name: "Agency",
          type: "agency",
          members: [{ email: "ada@example.com" }],
          accounts: [
            {
              name: "Client",
              members: [
                { email: "grace@example.com" },
                { email: "barbara@example.com", relations: ["member"] },
              ],
            },
          ],
        },
      ],
    },
  });
  const { fam } = world.server;
  return {
    ada: person(world, "ada"),
    agencyId: fam.account("Agency").id,
    accountId: fam.account("Client").id,
  };
}

/** A valid id that does not exist on the server. */
export const unknownId = "01ARZ3NDEKTSV4RRFFQ69G5FAV";

/** The format of FAM's ids. */
export const ulid = /^[0-9A-HJKMNP-TV-Z]{26}$/;
