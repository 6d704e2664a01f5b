import { expect, it, vi } from "vitest";
import { InvalidArgumentError } from "./errors.js";
import { listAll } from "./list-all.js";

const fetchAll = async () => [1, 2, 3];

it("answers everything in one page", async () => {
  expect(await listAll(fetchAll, undefined)).toEqual({ items: [1, 2, 3], cursor: undefined });
});

it("resumes after a limit as a list of many pages does", async () => {
  const { items, cursor } = await listAll(fetchAll, { limit: 2 });
  expect(items).toEqual([1, 2]);
  expect(await listAll(fetchAll, { cursor }).toArray()).toEqual([3]);
});

it("hands on the options of the call, and none of the list's", async () => {
  const spied = vi.fn(fetchAll);
  await listAll(spied, { timeoutMs: 100, limit: 1, pageSize: 5, prefetch: true }).toArray();
  expect(spied).toHaveBeenCalledExactlyOnceWith({ timeoutMs: 100, signal: expect.any(AbortSignal) });
});

it("refuses a cursor of another list, rather than begin anew in silence", async () => {
  const spied = vi.fn(fetchAll);
  await expect(listAll(spied, { cursor: "0:next" }).toArray()).rejects.toBeInstanceOf(InvalidArgumentError);
  expect(spied).not.toHaveBeenCalled();
});
