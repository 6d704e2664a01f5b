import { PermissionDeniedError, UnavailableError, type VydonClient } from "tenantry";

/** Renders a team's members, or the reason why they can't be shown. */
export async function memberList(client: VydonClient, accountId: string): Promise<HTMLElement> {
  try {
    const list = document.createElement("ul");
    for await (const { email, role } of client.members.list(accountId)) {
      list.append(element("li", `${email}: ${role}`));
    }
    return list;
  } catch (error) {
    if (error instanceof PermissionDeniedError) return element("p", "Only members may see who is in a team.");
    if (error instanceof UnavailableError)
      return element("p", "The server is unavailable. Try again in a moment.");
    throw error;
  }
}

function element(name: "li" | "p", text: string): HTMLElement {
  return Object.assign(document.createElement(name), { textContent: text });
}
