import type { ApiPromise } from "../call/api-promise.js";
import type { CallOptions } from "../call/options.js";
import type { OptionChecks } from "../checks/check-options.js";
import { List } from "./list.js";
import type { ListOptions } from "./page.js";

/** Which page to ask for. */
export interface TokenRequest {
  /** Empty for the first page. */
  readonly token: string;
  /** 0 for the API's default. */
  readonly pageSize: number;
}

/** A page of an API with page tokens. */
export interface TokenPage<T> {
  readonly items: T[];
  /** Names the next page; empty on the last. */
  readonly nextToken: string;
  /** How many items there are in all, if the API says so. */
  readonly total?: number | undefined;
}

/**
 * A list of an API that names the next page by a token.
 *
 * @param checks - for a list with options of its own, which `fetchPage` gets too.
 */
export function listByToken<T>(
  fetchPage: (pagination: TokenRequest, options: CallOptions) => ApiPromise<TokenPage<T>>,
  options: ListOptions | undefined,
  checks?: OptionChecks,
): List<T> {
  return new List(
    async ({ token, pageSize = 0, options: callOptions }) => {
      const call = fetchPage({ token, pageSize }, callOptions);
      return { ...(await call), call };
    },
    options,
    checks,
  );
}
