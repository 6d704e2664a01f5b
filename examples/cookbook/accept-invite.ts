import { InvalidArgumentError, PermissionDeniedError, type VydonClient } from "tenantry";

/** Accepts an invite whose link was opened. Returns what the page shows. */
export async function acceptInvite(client: VydonClient, token: string): Promise<HTMLElement> {
  try {
    const account = await client.invites.accept(token);
    return paragraph(`Welcome to ${account.name}.`);
  } catch (error) {
    if (error instanceof PermissionDeniedError)
      return paragraph("This invite has expired. Ask for a new one.");
    // There is no such invite, it was accepted before, or it is for another address.
    if (error instanceof InvalidArgumentError)
      return paragraph("This link is not for you, or was used before.");
    throw error;
  }
}

function paragraph(text: string): HTMLElement {
  return Object.assign(document.createElement("p"), { textContent: text });
}
