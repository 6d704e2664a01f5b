import { expect, it } from "vitest";
import { getUserAccounts } from "../../../gen/mgmt/v1alpha1/user_account_methods.js";
import { layeredOver } from "../../../test/support/scripted.js";
import { InvalidArgumentError } from "../errors/errors.js";
import { strings } from "../json/fields.js";
import type { ListOptions } from "./list.js";
import { listAll } from "./list-all.js";

/** A list over a server that returns three items at once. */
function three() {
  const { caller, sent } = layeredOver([() => ({ names: ["a", "b", "c"] })]);
  const list = (options?: ListOptions) =>
    listAll(
      caller,
      getUserAccounts,
      () => ({}),
      (json) => strings(json, "names"),
      options,
    );
  return { list, sent };
}

it("returns everything in one page", async () => {
  expect(await three().list()).toStrictEqual({ items: ["a", "b", "c"] });
});

it("resumes after a limit as a list of many pages does", async () => {
  const { list } = three();
  const { items, cursor } = await list({ limit: 2 });
  expect(items).toEqual(["a", "b"]);
  expect(await list({ cursor }).toArray()).toEqual(["c"]);
});

it("passes on the options of the call", async () => {
  const { list, sent } = three();
  const headers = { "x-a": "b" };
  await list({ timeoutMs: 100, headers, limit: 1, pageSize: 5, prefetch: true }).toArray();
  expect(sent).toMatchObject([{ message: {}, timeoutMs: 100, headers, signal: expect.any(AbortSignal) }]);
});

it("refuses a cursor of another list, instead of starting again", async () => {
  const { list, sent } = three();
  await expect(list({ cursor: "0:next" }).toArray()).rejects.toBeInstanceOf(InvalidArgumentError);
  expect(sent).toHaveLength(0);
});
