import { DeadlineExceededError, NetworkError, UnavailableError, type VydonClient } from "tenantry";

// A user presses "Invite". If the server cannot be reached, the app tries once more.

/** Bug: it sends the invite again. Without a response, nobody knows whether the first invite was sent. */
export async function inviteAgain(client: VydonClient, accountId: string, email: string): Promise<void> {
  try {
    await client.invites.create(accountId, { email, role: "job_viewer" });
  } catch (error) {
    if (!isUnclear(error)) throw error;
    await client.invites.create(accountId, { email, role: "job_viewer" });
  }
}

/** Before it sends the invite again, it checks whether the invite exists. */
export async function inviteOnce(client: VydonClient, accountId: string, email: string): Promise<void> {
  try {
    await client.invites.create(accountId, { email, role: "job_viewer" });
  } catch (error) {
    if (!isUnclear(error)) throw error;
    const invites = await client.invites.list(accountId).toArray();
    if (invites.some((invite) => invite.email === email)) return;
    await client.invites.create(accountId, { email, role: "job_viewer" });
  }
}

/** Whether a call may have been carried out. */
function isUnclear(error: unknown): boolean {
  return (
    error instanceof UnavailableError ||
    error instanceof NetworkError ||
    error instanceof DeadlineExceededError
  );
}
