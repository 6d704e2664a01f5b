/** Compares two keys, for `sort`: negative if `a` comes first, 0 if they are equal. */
export function compare(a: string | number, b: string | number): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
