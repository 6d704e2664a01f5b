// The code of a strict TypeScript project, compiled as a module and as CommonJS, without `skipLibCheck`.
import {
  ApiError,
  type ApiPromise,
  type ApiResponse,
  type ErrorCode,
  InvalidArgumentError,
  type List,
  type Method,
  type Page,
  VydonClient,
  type VydonCreatedTeam,
  type VydonInvite,
  type VydonMember,
} from "tenantry";
import { FamClient } from "tenantry/fam";
import { listMembers } from "tenantry/fam/methods";
import { createMockServer, type MockServer } from "tenantry/mock";
import { type Listener, listen } from "tenantry/mock/node";
import { OnaClient } from "tenantry/ona";
import { getAccount } from "tenantry/ona/methods";
import { getUser } from "tenantry/vydon/methods";

const server: MockServer = createMockServer({ vydon: { cloud: true, flavor: "neosync" } });
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

export async function create(name: string): Promise<string | undefined> {
  const call: ApiPromise<VydonCreatedTeam> = client.accounts.createTeam({ name });
  const { data, requestId, status }: ApiResponse<VydonCreatedTeam> = await call.withResponse();
  // An optional key is absent if it has no value.
  const url: string | undefined = data.checkoutSessionUrl;
  return url ?? requestId ?? String(status);
}

/** A method for an RPC that is not in the package. */
const getReport: Method<{ id: string }, { url?: string }> = {
  service: "acme.v1.ReportService",
  name: "GetReport",
  idempotency: "no_side_effects",
};

export async function raw(): Promise<string | undefined> {
  const { userId } = await client.call(getUser, {});
  const { url } = await client.call(getReport, { id: userId ?? "" }, { timeoutMs: 1_000 });
  // @ts-expect-error: the request has an id
  await client.call(getReport, {});
  return url;
}

export function explain(error: unknown): string {
  if (error instanceof InvalidArgumentError) return error.violations.map(({ field }) => field).join();
  if (error instanceof ApiError) {
    const code: ErrorCode = error.code;
    return code === "not_found"
      ? "not there"
      : `${error.name} ${error.details.map(({ type }) => type).join()}`;
  }
  return String(error);
}

export async function everywhere(): Promise<Listener> {
  const ona = new OnaClient(server.ona.signIn({ email: "ada@example.com" }).connect());
  await ona.call(getAccount, {});
  const fam = new FamClient(server.fam.signIn({ email: "ada@example.com" }).connect());
  await fam.call(listMembers, {});
  server.faults.inject({ method: "GetUser", code: "unavailable", times: 2 });
  return listen(server);
}
