import { InvalidArgumentError, PermissionDeniedError, type VydonClient } from "tenantry";

/** The result for each address. */
export interface Report {
  readonly invited: string[];
  readonly already: string[];
  readonly refused: { email: string; why: string }[];
}

/** Invites a list of people to a team. Skips people who are already members or invited. */
export async function inviteAll(client: VydonClient, accountId: string, emails: string[]): Promise<Report> {
  const known = new Set<string>();
  for await (const { email } of client.members.list(accountId)) known.add(email);
  for await (const { email } of client.invites.list(accountId)) known.add(email);

  const report: Report = { invited: [], already: [], refused: [] };
  for (const email of emails) {
    if (known.has(email)) {
      report.already.push(email);
      continue;
    }
    try {
      await client.invites.create(accountId, { email, role: "job_viewer" });
      report.invited.push(email);
    } catch (error) {
      if (error instanceof PermissionDeniedError)
        throw new Error("Only an admin can invite people.", { cause: error });
      if (!(error instanceof InvalidArgumentError)) throw error;
      report.refused.push({ email, why: error.rawMessage });
    }
  }
  return report;
}
