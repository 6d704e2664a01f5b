import { DeadlineExceededError, NetworkError, UnavailableError, type VydonClient } from "tenantry";

// Somebody presses "Invite", and the app tries once more if the server cannot be reached.

/** Bug: without a response, nobody knows whether the invite was sent. This sends it again all the same. */
export async function inviteAgain(client: VydonClient, accountId: string, email: string): Promise<void> {
  try {
    await client.invites.create(accountId, { email, role: "job_viewer" });
  } catch (error) {
    if (!isUnclear(error)) throw error;
    await client.invites.create(accountId, { email, role: "job_viewer" });
  }
}

/** Looks whether the invite is there before it sends it again. */
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
