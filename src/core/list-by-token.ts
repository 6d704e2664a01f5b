import { List } from "./list.js";
import type { CallOptions } from "./options.js";
import type { ListOptions } from "./page.js";

/** The page that is wanted, as an API with page tokens is asked for it. */
export interface TokenRequest {
  /** Empty for the first page. */
  readonly token: string;
  /** 0 for as many items as the API thinks fit. */
  readonly pageSize: number;
}

/** What such an API answers. */
export interface TokenAnswer<T> {
  readonly items: T[];
  /** Names the next page; empty, or not there at all, on the last. */
  readonly pagination: { readonly nextToken: string } | undefined;
}

/** A list of an API whose pages each name the next one by a token. */
export function listByToken<T>(
  fetchPage: (pagination: TokenRequest, options: CallOptions) => Promise<TokenAnswer<T>>,
  options: ListOptions | undefined,
): List<T> {
  return new List(async (request) => {
    const pagination = { token: request.token, pageSize: request.pageSize ?? 0 };
    const answer = await fetchPage(pagination, request.options);
    return { items: answer.items, nextToken: answer.pagination?.nextToken ?? "" };
  }, options);
}
