const dayMs = 24 * 3_600_000;

/** How long a new value can be valid, in days, in the order of the select. The server allows a year at most. */
export const lives: readonly { readonly days: number; readonly label: string }[] = [
  { days: 30, label: "30 days" },
  { days: 90, label: "90 days" },
  { days: 365, label: "One year" },
];

/** The expiry of a key that is valid for this many days. */
export function endAfter(days: number): Date {
  return new Date(Date.now() + days * dayMs);
}

/** How soon a key expires. */
export interface Expiry {
  readonly tone: "good" | "warning" | "bad";
  readonly text: string;
}

const dates = new Intl.DateTimeFormat("en", { dateStyle: "medium" });
const soonDays = 14;

/** Describes a key's expiry to its team. */
export function expiry(expiresAt: Date): Expiry {
  const days = Math.ceil((expiresAt.getTime() - Date.now()) / dayMs);
  if (days <= 0) return { tone: "bad", text: `Expired on ${dates.format(expiresAt)}` };
  if (days > soonDays) return { tone: "good", text: `Expires on ${dates.format(expiresAt)}` };
  return { tone: "warning", text: days === 1 ? "Expires within a day" : `Expires in ${days} days` };
}
