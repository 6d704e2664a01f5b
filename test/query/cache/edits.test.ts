import { OnaClient } from "tenantry";
import { editData, editItems, onaQueries } from "tenantry/query";
import { expect, it } from "vitest";

const queries = onaQueries(new OnaClient({ auth: "pat" }));
const withoutTwo = editItems(["numbers"], (item: number) => (item === 2 ? undefined : item * 10));

it("editItems() changes and removes the items of a list", () => {
  const before = [1, 2, 3];
  expect(withoutTwo.update(before)).toEqual([10, 30]);
  expect(before).toEqual([1, 2, 3]);
});

it("editItems() changes and removes the items of an infinite query's pages, and keeps the rest", () => {
  const before = {
    pages: [{ items: [1, 2], cursor: "next", total: 3 }, { items: [3] }],
    pageParams: [undefined, "next"],
  };
  expect(withoutTwo.update(before)).toEqual({
    pages: [{ items: [10], cursor: "next", total: 3 }, { items: [30] }],
    pageParams: [undefined, "next"],
  });
  expect(before.pages[0]?.items).toEqual([1, 2]);
});

it.each([null, true, 2, "text", { id: 2 }])(
  "editItems() does not change data that is not a list: %j",
  (data) => {
    expect(withoutTwo.update(data)).toBe(data);
  },
);

it("editData() changes the data of one query, with the type from its key", () => {
  const edit = editData(queries.tokens.list().queryKey, (tokens) =>
    tokens.filter(({ readOnly }) => readOnly),
  );
  expect(edit.queryKey).toEqual(queries.tokens.list().queryKey);
  expect(edit.update([{ readOnly: true }, { readOnly: false }])).toEqual([{ readOnly: true }]);
});
