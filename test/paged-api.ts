import { createClient, createRouterTransport } from "@connectrpc/connect";
import { AccountService } from "../gen/gitpod/v1/account_pb.js";
import { List, type ListOptions } from "../src/core/list.js";
import { toConnect } from "../src/core/options.js";
import { RetryBudget } from "../src/core/retry.js";
import { layered } from "../src/core/transport.js";

/** What a server answers to one request for a page. */
export interface Answer {
  readonly items: readonly number[];
  readonly nextToken: string;
}

export interface PagedApi {
  /** The page tokens that the server was asked for, in order. */
  readonly asked: string[];
  /** Called before each answer; a promise holds the answer back, an error takes its place. */
  before: (token: string, signal: AbortSignal) => Promise<void> | void;
  list(options?: ListOptions): List<number>;
}

/** A server with a list of numbers, and a client for it with every layer but the network. */
export function pagedApi(answer: (token: string, pageSize: number) => Answer): PagedApi {
  const asked: string[] = [];
  const router = createRouterTransport(({ rpc }) =>
    rpc(AccountService.method.listJoinableOrganizations, async ({ pagination }, { signal }) => {
      const { token = "", pageSize = 0 } = pagination ?? {};
      asked.push(token);
      await api.before(token, signal);
      const { items, nextToken } = answer(token, pageSize);
      return {
        joinableOrganizations: items.map((item) => ({ organizationMemberCount: item })),
        pagination: { nextToken },
      };
    }),
  );
  const transport = layered(router, { retry: false }, { source: undefined, budget: new RetryBudget() });
  const client = createClient(AccountService, transport);
  const api: PagedApi = {
    asked,
    before() {},
    list: (listOptions) =>
      new List(async ({ token, pageSize = 0, options }) => {
        const request = { pagination: { token, pageSize } };
        const response = await client.listJoinableOrganizations(request, toConnect(options));
        const items = response.joinableOrganizations.map((item) => item.organizationMemberCount);
        return { items, nextToken: response.pagination?.nextToken ?? "" };
      }, listOptions),
  };
  return api;
}

/** Answers exactly these pages; the token of each but the first is its index. */
export function inPages(...pages: readonly (readonly number[])[]): (token: string) => Answer {
  return (token) => {
    const index = Number(token);
    return { items: pages[index] ?? [], nextToken: index + 1 < pages.length ? String(index + 1) : "" };
  };
}

/** Answers as many items as it is asked for; tokens are offsets. */
export function bySize(items: readonly number[]): (token: string, pageSize: number) => Answer {
  return (token, pageSize) => {
    const end = Number(token) + (pageSize || 25);
    return { items: items.slice(Number(token), end), nextToken: end < items.length ? String(end) : "" };
  };
}
