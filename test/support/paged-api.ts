import { type ClientTransport, List, type ListOptions } from "tenantry";
import { listJoinableOrganizations } from "../../gen/gitpod/v1/account_methods.js";
import { pipeline } from "../../src/core/call/pipeline.js";
import { type Json, list, object, optionalObject, string } from "../../src/core/json/fields.js";
import { int32 } from "../../src/core/json/numbers.js";
import { retryBudget } from "../../src/core/retry/retry-budget.js";

/** A server's response to one request for a page. */
export interface Answer {
  readonly items: readonly number[];
  readonly nextToken: string;
}

export interface PagedApi {
  /** The page tokens of the requests, in order. */
  readonly asked: string[];
  /** Called before each response. A promise delays the response; an error replaces it. */
  before: (token: string, signal: AbortSignal) => Promise<void> | void;
  list(options?: ListOptions): List<number>;
}

/** Creates a server with a list of numbers, and a client of it with every layer. */
export function pagedApi(answer: (token: string, pageSize: number) => Answer): PagedApi {
  const asked: string[] = [];
  const transport: ClientTransport = {
    async send({ message, signal = new AbortController().signal }) {
      const { token, pageSize } = object({ message }, "message", toPagination);
      asked.push(token);
      await api.before(token, signal);
      const { items, nextToken } = answer(token, pageSize);
      const body = {
        joinableOrganizations: items.map((item) => ({ organizationMemberCount: item })),
        pagination: { nextToken },
      };
      return { body, status: 200, headers: new Headers() };
    },
  };
  const connection = { transport, baseUrl: undefined, budget: retryBudget(), source: undefined };
  const call = pipeline(connection, { retry: false });
  const api: PagedApi = {
    asked,
    before() {},
    list: (listOptions) =>
      new List(
        ({ token, pageSize = 0, options }) =>
          call(listJoinableOrganizations, () => ({ pagination: { token, pageSize } }), toPage, options),
        listOptions,
      ),
  };
  return api;
}

function toPagination(request: Json): { token: string; pageSize: number } {
  return object(request, "pagination", (json) => ({
    token: string(json, "token"),
    pageSize: int32(json, "pageSize"),
  }));
}

function toPage(response: Json): { items: number[]; nextToken: string } {
  return {
    items: list(response, "joinableOrganizations", (item) => int32(item, "organizationMemberCount")),
    nextToken: optionalObject(response, "pagination", (json) => string(json, "nextToken")) ?? "",
  };
}

/** Returns a server's responses for exactly these pages. The token of each page after the first is its index. */
export function inPages(...pages: readonly (readonly number[])[]): (token: string) => Answer {
  return (token) => {
    const index = Number(token);
    return { items: pages[index] ?? [], nextToken: index + 1 < pages.length ? String(index + 1) : "" };
  };
}

/** Returns a server's responses with the requested page size. Page tokens are offsets. */
export function bySize(items: readonly number[]): (token: string, pageSize: number) => Answer {
  return (token, pageSize) => {
    const end = Number(token) + (pageSize || 25);
    return { items: items.slice(Number(token), end), nextToken: end < items.length ? String(end) : "" };
  };
}
