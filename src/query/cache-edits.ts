import type { DataTag, QueryKey } from "@tanstack/query-core";

/** A change of the data that the cache has for some queries. {@link editData} and {@link editItems} make it. */
export interface CacheEdit {
  /** The change is for all queries whose keys begin with this. Those without data are left alone. */
  readonly queryKey: QueryKey;
  /** Returns the changed data, or the same if there is nothing to change. It must not write into `data`. */
  update(data: unknown): unknown;
}

/**
 * Changes the data of one query.
 *
 * ```ts
 * editData(fam.accounts.get(accountId).queryKey, (account) => ({ ...account, name }));
 * ```
 *
 * @param queryKey - the query's key, which has the type of its data.
 * @param update - returns the new data. It must not write into the old.
 */
export function editData<Data>(queryKey: DataTag<QueryKey, Data>, update: (data: Data) => Data): CacheEdit {
  return { queryKey, update };
}

/**
 * Changes items in lists: in arrays, and in the pages of infinite queries. Other data stays as it is.
 *
 * ```ts
 * editItems(vydon.members.key(accountId), (member: VydonMember) => (member.userId === userId ? { ...member, role } : member));
 * ```
 *
 * @param queryKey - what the keys of the lists begin with.
 * @param change - returns the item as it is now, or undefined if it is gone. It must not write into the item.
 */
export function editItems<Item>(queryKey: QueryKey, change: (item: Item) => Item | undefined): CacheEdit {
  const changeAll = (items: readonly Item[]) =>
    items.map(change).filter((item): item is Item => item !== undefined);
  return {
    queryKey,
    update(data: readonly Item[] | Pages<Item> | null) {
      if (Array.isArray(data)) return changeAll(data);
      if (typeof data !== "object" || data === null || !("pages" in data)) return data;
      return { ...data, pages: data.pages.map((page) => ({ ...page, items: changeAll(page.items) })) };
    },
  };
}

/** Takes the item with an id out of lists. */
export function removeItem(queryKey: QueryKey, id: string): CacheEdit {
  return editItems(queryKey, (item: { readonly id: string }) => (item.id === id ? undefined : item));
}

/** What an infinite query has. */
interface Pages<Item> {
  readonly pages: readonly { readonly items: readonly Item[] }[];
}
