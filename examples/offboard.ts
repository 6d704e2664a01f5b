/**
 * Removes a person from every account on every API: first a dry run that only shows what it would do, then the real
 * run. After a crash, run it again: it finds what is left to do. Blocking an Ona account again changes nothing.
 *
 *     npx tsx examples/offboard.ts              the scenario, on a mock server
 */
import { pathToFileURL } from "node:url";
import {
  ApiError,
  type FamAccountAccess,
  FamClient,
  OnaClient,
  PermissionDeniedError,
  type VydonAccount,
  VydonClient,
} from "tenantry";
import { createMockServer } from "tenantry/mock";

/** A membership, invite or account of the person that was found. */
export interface Trace {
  readonly api: "Vydon" | "Ona" | "FAM";
  /** A description for people, such as "member of acme". */
  readonly what: string;
  /**
   * Ends it, if it still exists. Undefined if the API cannot end it. In that case, `why` contains the reason, or what
   * to do instead.
   */
  readonly end?: () => Promise<unknown>;
  readonly why?: string;
}

/** The result for one {@link Trace}. */
export interface Outcome {
  readonly trace: Trace;
  readonly result: "ended" | "would end" | "left" | "failed";
  readonly why?: string | undefined;
}

/** The person to remove, and the clients of the APIs to search. */
export interface Leaver {
  readonly email: string;
  readonly vydon?: VydonClient;
  readonly fam?: FamClient;
  /** Ona cannot find a person by email, so it needs their account id. */
  readonly ona?: { readonly client: OnaClient; readonly accountId: string };
}

type Traces = AsyncGenerator<Trace, void, undefined>;

/** Yields every trace of a person that the clients can see. */
export async function* findTraces({ email, vydon, fam, ona }: Leaver): Traces {
  if (vydon) yield* onVydon(vydon, email);
  if (fam) yield* onFam(fam, email);
  if (ona) {
    const { client, accountId } = ona;
    // The API does not return whether an account is blocked.
    const block = () => client.accounts.block(accountId, { reason: "left the company" });
    yield { api: "Ona", what: `account ${accountId}`, end: block };
  }
}

async function* onVydon(client: VydonClient, email: string): Traces {
  for await (const account of client.accounts.list()) {
    if (account.type !== "personal")
      yield* orWhyNot("Vydon", account.name, inVydonAccount(client, account, email));
  }
}

async function* inVydonAccount(client: VydonClient, { id, name }: VydonAccount, email: string): Traces {
  const members = await client.members.list(id).toArray();
  const admins = members.filter((member) => member.role === "admin");
  for (const member of members) {
    if (!sameMailbox(member.email, email)) continue;
    const what = `member of ${name} (${member.role})`;
    if (member.email !== email) yield { api: "Vydon", what, why: otherCase(member.email) };
    else if (member.role === "admin" && admins.length === 1) {
      yield { api: "Vydon", what, why: "the only admin: make another member an admin first" };
    } else yield { api: "Vydon", what, end: () => client.members.remove(id, member.userId) };
  }
  for await (const invite of client.invites.list(id)) {
    if (!sameMailbox(invite.email, email)) continue;
    const what = `invite to ${name}`;
    if (invite.email !== email) yield { api: "Vydon", what, why: otherCase(invite.email) };
    else yield { api: "Vydon", what, end: () => client.invites.remove(invite.id) };
  }
}

async function* onFam(client: FamClient, email: string): Traces {
  for await (const account of client.accounts.list()) {
    yield* orWhyNot("FAM", account.name, inFamAccount(client, account, email));
  }
}

async function* inFamAccount(client: FamClient, { id, name }: FamAccountAccess, email: string): Traces {
  for await (const member of client.members.search(id, { query: email, statuses: ["active", "invited"] })) {
    if (!sameMailbox(member.email, email)) continue;
    if (member.membershipStatus === "invited") {
      const revoke = () => client.invites.revoke(id, member.invitationId);
      yield { api: "FAM", what: `invite to ${name}`, end: revoke };
    } else {
      const what = `member of ${name} (${member.relations.join(", ")})`;
      yield { api: "FAM", what, why: "the API removes no members: do it in the vendor's console" };
    }
  }
}

/** Yields the traces in an account, or one whose `why` has the reason if the account cannot be searched. */
async function* orWhyNot(api: Trace["api"], account: string, traces: Traces): Traces {
  try {
    yield* traces;
  } catch (error) {
    if (!(error instanceof PermissionDeniedError)) throw error;
    yield { api, what: `anything in ${account}`, why: `you may not search it: ${error.rawMessage}` };
  }
}

/** FAM ignores upper and lower case in emails. Vydon takes two spellings for two people. */
function sameMailbox(one: string, other: string): boolean {
  return one.toLowerCase() === other.toLowerCase();
}

function otherCase(email: string): string {
  return `Vydon takes ${email} for another person: run this again with that email, if it is the same one`;
}

/**
 * Ends the traces of a person, one after the other. If one fails, the others are still ended.
 *
 * @param options.dryRun - only reports what would be ended.
 * @param options.onProgress - called after each outcome.
 */
export async function offboard(
  leaver: Leaver,
  options: { dryRun: boolean; onProgress?: (outcome: Outcome) => void },
): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  // Find all traces before any is ended: a list that changes while it is read may skip an entry.
  const traces: Trace[] = [];
  for await (const trace of findTraces(leaver)) traces.push(trace);
  for (const trace of traces) {
    const outcome = await settle(trace, options.dryRun);
    outcomes.push(outcome);
    options.onProgress?.(outcome);
  }
  return outcomes;
}

async function settle(trace: Trace, dryRun: boolean): Promise<Outcome> {
  if (!trace.end) return { trace, result: "left", why: trace.why };
  if (dryRun) return { trace, result: "would end" };
  try {
    await trace.end();
    return { trace, result: "ended" };
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    const hint = error instanceof PermissionDeniedError ? " (ask an admin of the account to run this)" : "";
    return { trace, result: "failed", why: error.rawMessage + hint };
  }
}

/** Offboards Grace from mock servers: a dry run, the real run, and a third run that shows what is left to do by hand. */
export async function main(say: (line: string) => void): Promise<Outcome[]> {
  const server = createMockServer();
  const ada = { email: "ada@example.com" };
  const grace = { email: "grace@example.com" };
  server.seed({
    vydon: {
      accounts: [
        { name: "analytical-engines", members: [ada, { ...grace, role: "job_developer" }] },
        { name: "difference-engines", members: [ada], invites: [{ ...grace, role: "job_viewer" }] },
      ],
    },
    fam: {
      accounts: [
        { name: "Agency", members: [ada, { ...grace, relations: ["accountant"] }] },
        { name: "Shop", members: [ada], invites: [grace] },
      ],
    },
  });
  const onaAccount = server.ona.signIn(grace);
  const leaver: Leaver = {
    email: grace.email,
    vydon: new VydonClient(server.vydon.signIn(ada).connect()),
    fam: new FamClient(server.fam.signIn(ada).connect()),
    ona: { client: new OnaClient(server.ona.signIn(ada).connect()), accountId: onaAccount.accountId },
  };
  const report = ({ trace, result, why }: Outcome) =>
    say(`  ${result.padEnd(9)}  ${trace.api.padEnd(5)}  ${trace.what}${why ? `: ${why}` : ""}`);

  say(`Dry run: everything that belongs to ${grace.email}`);
  await offboard(leaver, { dryRun: true, onProgress: report });
  say("\nFor real");
  const outcomes = await offboard(leaver, { dryRun: false, onProgress: report });
  say("\nOnce more: what is left");
  await offboard(leaver, { dryRun: false, onProgress: report });
  const count = (result: Outcome["result"]) => outcomes.filter((outcome) => outcome.result === result).length;
  say(`\n${count("ended")} ended, ${count("left")} left to do by hand, ${count("failed")} failed.`);
  return outcomes;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) await main(console.log);
