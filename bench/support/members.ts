/** This many members for an account of a seed: `user-0@example.com` and so on. */
export function members(count: number): { email: string }[] {
  return Array.from({ length: count }, (_, index) => ({ email: `user-${index}@example.com` }));
}
