// What a strict TypeScript project writes; compiled as a module, and as CommonJS, without `skipLibCheck`.
import {
  type ApiError,
  InvalidArgumentError,
  type List,
  type Page,
  VydonClient,
  type VydonInvite,
  type VydonMember,
} from "tenantry";
import { FamClient } from "tenantry/fam";
import { createMockServer, type MockServer } from "tenantry/mock";
import { type Listener, listen } from "tenantry/mock/node";
import { OnaClient } from "tenantry/ona";

const server: MockServer = createMockServer({ vydon: { cloud: true } });
const client = new VydonClient(server.vydon.signIn({ email: "ada@example.com" }).connect());

export async function team(accountId: string, signal: AbortSignal): Promise<string[]> {
  const list: List<VydonMember> = client.members.list(accountId, { signal });
  const page: Page<VydonMember> = await list;
  for await (const member of list) console.log(member.email.toUpperCase());
  return page.items.map(({ email }) => email);
}

export async function invite(accountId: string): Promise<Date> {
  const made: VydonInvite = await client.invites.create(accountId, {
    email: "ada@example.com",
    role: "admin",
  });
  // @ts-expect-error: there is no such role
  await client.invites.create(accountId, { email: "ada@example.com", role: "emperor" });
  return made.expiresAt;
}

export function explain(error: unknown): string {
  if (error instanceof InvalidArgumentError) return error.violations.map(({ field }) => field).join();
  const other: ApiError | undefined = undefined;
  return String(other);
}

export async function everywhere(): Promise<Listener> {
  new OnaClient(server.ona.signIn({ email: "ada@example.com" }).connect());
  new FamClient(server.fam.signIn({ email: "ada@example.com" }).connect());
  server.faults.inject({ method: "GetUser", code: "unavailable", times: 2 });
  return listen(server);
}
