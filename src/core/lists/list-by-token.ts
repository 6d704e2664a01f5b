import type { ApiPromise } from "../call/api-promise.js";
import type { CallOptions } from "../call/options.js";
import type { OptionChecks } from "../checks/check-options.js";
import { List } from "./list.js";
import type { ListOptions } from "./page.js";

/** The page to request. */
export interface TokenRequest {
  /** Empty for the first page. */
  readonly token: string;
  /** The number of items to request; 0 for the API's default. */
  readonly pageSize: number;
}

/** A page of an API with page tokens. */
export interface TokenPage<T> {
  readonly items: T[];
  /** The token of the next page; empty on the last page. */
  readonly nextToken: string;
  /** The total number of items, if the API returns it. */
  readonly total?: number | undefined;
}

/**
 * Creates a list for an API that returns a token for the next page.
 *
 * @param checks - checks for a list with further options. `fetchPage` gets these options too.
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
