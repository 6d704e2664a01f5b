/** Returns a person's name, made from their email: `ada.lovelace@example.com` is Ada Lovelace. */
export function nameFromEmail(email: string): string {
  const words = (email.split("@")[0] ?? "").split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "");
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ");
}

/** Returns the domain of an email address, in lower case. Empty if there is none. */
export function domainOf(email: string): string {
  return email.slice(email.lastIndexOf("@") + 1 || email.length).toLowerCase();
}

/** The domains of email providers where anyone can get an address. */
const publicDomains: ReadonlySet<string> = new Set([
  "gmail.com",
  "googlemail.com",
  "hotmail.com",
  "icloud.com",
  "live.com",
  "outlook.com",
  "proton.me",
  "protonmail.com",
  "yahoo.com",
]);

/** Returns whether anyone can get an email of this domain. */
export function isPublicDomain(domain: string): boolean {
  return publicDomains.has(domain);
}
