/** Returns whether each item can have a partner of its own. `partnersOf` has the partners that each item accepts. */
export function canPair(partnersOf: readonly (readonly number[])[]): boolean {
  const itemOf = new Map<number, number>();

  /** Finds a partner for an item. If all are taken, their items look for other partners. */
  function pair(item: number, tried: Set<number>): boolean {
    for (const partner of partnersOf[item] ?? []) {
      if (tried.has(partner)) continue;
      tried.add(partner);
      const other = itemOf.get(partner);
      if (other !== undefined && !pair(other, tried)) continue;
      itemOf.set(partner, item);
      return true;
    }
    return false;
  }

  return partnersOf.every((_, item) => pair(item, new Set()));
}
