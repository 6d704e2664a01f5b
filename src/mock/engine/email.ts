/** Returns a person's name, made from their email: `ada.lovelace@example.com` is Ada Lovelace. */
export function nameFromEmail(email: string): string {
  const words = (email.split("@")[0] ?? "").split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ");
}

/** Returns the domain of an email address, in lower case. Empty if there is none. */
export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf("@") + 1 || email.length).toLowerCase();
}
