/** Returns the message of an error, or what was thrown instead of one, as text. */
export function messageOf(reason: unknown): string {
  return reason instanceof Error ? reason.message : String(reason);
}
