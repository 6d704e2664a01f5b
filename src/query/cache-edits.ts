import type { DataTag, QueryKey } from "@tanstack/query-core";

/** A change to the cached data of queries. {@link editData} and {@link editItems} create one. */
export interface CacheEdit {
  /** The change applies to all queries with keys that begin with this key. Queries without data stay as they are. */
  readonly queryKey: QueryKey;
  /** Returns the changed data, or the same data if there is nothing to change. It must not modify `data`. */
  update(data: unknown): unknown;
}

/**
 * Changes the data of one query.
 *
 * ```ts
 * editData(fam.accounts.get(accountId).queryKey, (account) => ({ ...account, name: "Acme" }));
 * ```
 *
 * @param queryKey - the query's key, which has the type of its data.
 * @param update - returns the new data. It must not modify the old data.
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
 * @param queryKey - the beginning of the keys of the lists.
 * @param change - returns the changed item, or undefined to remove it. It must not modify the item.
 */
export function editItems<Item>(queryKey: QueryKey, change: (item: Item) => Item | undefined): CacheEdit {
  const changeAll = (items: readonly Item[]) =>
    items.map(change).filter((item): item is Item => item !== undefined);
  return {
    queryKey,
    update(data: readonly Item[] | Readonly<Record<string, unknown>>) {
      if (Array.isArray(data)) return changeAll(data);
      if (!hasArray(data, "pages")) return data;
      const pages = data.pages.map((page) =>
        hasArray<"items", Item>(page, "items") ? { ...page, items: changeAll(page.items) } : page,
      );
      return { ...data, pages };
    },
  };
}

/**
 * Removes an item from lists.
 *
 * @param id - the item's id.
 * @param field - the field that contains it. Default `id`.
 */
export function removeItem(queryKey: QueryKey, id: string, field = "id"): CacheEdit {
  return editItems(queryKey, (item: Readonly<Record<string, unknown>>) =>
    item[field] === id ? undefined : item,
  );
}

/** Checks whether a value is an object with an array in this field. */
export function hasArray<Field extends string, Item>(
  value: unknown,
  field: Field,
): value is Readonly<Record<Field, readonly Item[]>> {
  return typeof value === "object" && value !== null && Array.isArray(Reflect.get(value, field));
}
