import { type FamClient, UnauthenticatedError } from "tenantry";

// A list of members that comes in pages. If the token has expired, the app signs in again without asking.

/** Bug: after the sign-in it shows the pages that it already has, as if the list were complete. */
export async function listSome(client: FamClient, accountId: string, signIn: () => void): Promise<string[]> {
  const emails: string[] = [];
  try {
    for await (const { email } of client.members.search(accountId)) emails.push(email);
  } catch (error) {
    if (!(error instanceof UnauthenticatedError)) throw error;
    signIn();
  }
  return emails;
}

/** After the sign-in it reads the list from the start. */
export async function listAll(client: FamClient, accountId: string, signIn: () => void): Promise<string[]> {
  const list = async () => (await client.members.search(accountId).toArray()).map(({ email }) => email);
  try {
    return await list();
  } catch (error) {
    if (!(error instanceof UnauthenticatedError)) throw error;
    signIn();
    return list();
  }
}
