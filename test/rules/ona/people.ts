import type { DescService } from "@bufbuild/protobuf";
import type { Client } from "@connectrpc/connect";
import { OnaClient } from "tenantry";
import type { OnaMemberSeed, OnaOrganizationSeed, OnaSession } from "tenantry/mock";
import { AccountService } from "tenantry/proto/ona";
import { apiErrorOf } from "../../support/promises.js";
import type { World } from "../world.js";

/** The raw Connect client of Ona's service: no code of the SDK stands between the test and the server. */
export type OnaRpc = Client<typeof AccountService>;

/** Calls Ona as this session, or without one. */
export function callAs(world: World, session?: OnaSession): OnaRpc {
  return world.client(AccountService, session?.token);
}

/** A person in a test: their session, and the client that calls as them. */
export interface Person {
  readonly email: string;
  readonly session: OnaSession;
  readonly accountId: string;
  readonly rpc: OnaRpc;
}

/** Signs a person in: `person(world, "ada")` is ada@example.com. */
export function person(world: World, name: string, domain = "example.com"): Person {
  const email = `${name}@${domain}`;
  const session = world.server.ona.signIn({ email });
  return { email, session, accountId: session.accountId, rpc: callAs(world, session) };
}

/** A valid id that does not exist on the server. */
export const unknownId = "11111111-2222-4333-8444-555555555555";

/** Returns an SDK client for a person, with a token for an organization or, without one, for their account. */
export function clientOf(world: World, name: string, organization?: string): OnaClient {
  const email = `${name}@example.com`;
  const who = organization === undefined ? { email } : { email, organization };
  return new OnaClient(world.server.ona.signIn(who).connect());
}

/** Returns the raw Connect client of a service for a person, with a token for an organization. */
export function rpcOf<Service extends DescService>(
  world: World,
  service: Service,
  name: string,
  organization: string,
): Client<Service> {
  const { token } = world.server.ona.signIn({ email: `${name}@example.com`, organization });
  return world.client(service, token);
}

/** Returns the code that a call of an SDK client fails with. */
export async function codeOf(call: PromiseLike<unknown>): Promise<string> {
  return (await apiErrorOf(call)).code;
}

/** Adds the organization Acme, with Ada as an admin and Barbara and Grace as members. Returns its id. */
export function addAcme({ server }: World, more: Partial<OnaOrganizationSeed> = {}): string {
  const members: OnaMemberSeed[] = [
    { email: "ada@example.com", role: "admin" },
    { email: "grace@example.com" },
    { email: "barbara@example.com" },
  ];
  return server.ona.addOrganization({ name: "Acme", members, ...more }).id;
}
