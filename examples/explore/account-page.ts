import type { VydonClient } from "tenantry";

/** The content of a page of accounts: a spinner, names, or an error. */
export interface AccountPage {
  isLoading: boolean;
  names: string[];
  error: unknown;
}

/** Bug: if the call fails, the spinner stays. */
export async function openOrSpin(page: AccountPage, client: VydonClient): Promise<void> {
  page.isLoading = true;
  const accounts = await client.accounts.list().toArray();
  page.names = accounts.map(({ name }) => name);
  page.isLoading = false;
}

/** The spinner ends in every case. */
export async function open(page: AccountPage, client: VydonClient): Promise<void> {
  page.isLoading = true;
  try {
    const accounts = await client.accounts.list().toArray();
    page.names = accounts.map(({ name }) => name);
  } catch (error) {
    page.error = error;
  } finally {
    page.isLoading = false;
  }
}
