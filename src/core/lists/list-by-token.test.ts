import { expect, it } from "vitest";
import { failureOf, settled } from "../../../test/support/promises.js";
import { layeredOver, type Outcome } from "../../../test/support/scripted.js";
import type { Method } from "../call/method.js";
import { CanceledError, DeadlineExceededError, UnavailableError } from "../errors/errors.js";
import { string, strings } from "../json/fields.js";
import type { ListOptions } from "./list.js";
import { listByToken } from "./list-by-token.js";

const listNames: Method<{ token: string; pageSize: number }> = {
  service: "acme.v1.NameService",
  name: "ListNames",
  idempotency: "no_side_effects",
};

/** A list over a server whose pages have these outcomes. */
function listOver(...pages: Outcome[]) {
  const { caller, sent, clock } = layeredOver(pages);
  const list = (options?: ListOptions) =>
    listByToken(
      caller,
      listNames,
      ({ token, pageSize }) => ({ token, pageSize }),
      (json) => ({ items: strings(json, "names"), nextToken: string(json, "next") }),
      options,
    );
  return { list, sent, clock };
}

it("requests each page by the token of the one before, and has the API's page size by default", async () => {
  const { list, sent } = listOver(
    () => ({ names: ["a", "b"], next: "second" }),
    () => ({ names: ["c"] }),
  );
  expect(await list().toArray()).toEqual(["a", "b", "c"]);
  expect(sent.map(({ message }) => message)).toEqual([
    { token: "", pageSize: 0 },
    { token: "second", pageSize: 0 },
  ]);
});

it("passes on the page size and the options of the call", async () => {
  const { list, sent } = listOver(
    () => ({ names: ["a"], next: "second" }),
    () => ({ names: ["b"] }),
  );
  const headers = { "x-a": "b" };
  await list({ pageSize: 5, timeoutMs: 100, headers, limit: 2, prefetch: true }).toArray();
  expect(sent).toMatchObject([
    { message: { token: "", pageSize: 5 }, timeoutMs: 100, headers },
    { message: { token: "second", pageSize: 5 }, timeoutMs: 100, headers },
  ]);
});

it("does not retry a page if the options forbid it", async () => {
  const { list, sent } = listOver("unavailable");
  expect(await failureOf(list({ retry: false }).toArray())).toBeInstanceOf(UnavailableError);
  expect(sent).toHaveLength(1);
});

it("ends a page that hangs when its time is up, or when the caller's signal aborts", async () => {
  const { list, sent, clock } = listOver("hang");
  const late = failureOf(list({ timeoutMs: 1_000 }).toArray());
  await settled();
  clock.advance("1s");
  expect(await late).toBeInstanceOf(DeadlineExceededError);
  const controller = new AbortController();
  const left = failureOf(list({ signal: controller.signal }).toArray());
  await settled();
  controller.abort();
  expect(await left).toBeInstanceOf(CanceledError);
  expect(sent.map(({ signal }) => signal?.aborted)).toEqual([true, true]);
});
