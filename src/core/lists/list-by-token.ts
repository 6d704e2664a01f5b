import type { Caller } from "../call/caller.js";
import type { Method } from "../call/method.js";
import type { CallOptions } from "../call/options.js";
import type { OptionChecks } from "../checks/check-options.js";
import type { Json } from "../json/fields.js";
import { List } from "./list.js";
import type { FetchedPage, ListOptions } from "./page.js";

/** The page to request. */
export interface TokenRequest {
  /** Empty for the first page. */
  readonly token: string;
  /** The number of items to request; 0 for the API's default. */
  readonly pageSize: number;
}

/**
 * Creates a list for an API that returns a token for the next page. The parameters are the same
 * as for the {@link Caller}.
 *
 * @param request - builds the request for a page. Its second argument contains all options of the list, including those
 * that only this list has, such as a search. It adds the request's secrets to its third argument.
 * @param checks - the checks of these options. Default: the checks of the options that every list has.
 */
export function listByToken<Request extends object, T>(
  call: Caller,
  method: Method<Request>,
  request: (pagination: TokenRequest, options: CallOptions, secrets: string[]) => Request,
  read: (body: Json) => FetchedPage<T>,
  options: ListOptions | undefined,
  checks?: OptionChecks,
): List<T> {
  return new List(
    async ({ token, pageSize = 0, options: pageOptions }) => {
      // Without the options that only this list has, such as a search: a call refuses them.
      const { signal, timeoutMs, headers, retry } = pageOptions;
      const page = call(method, (secrets) => request({ token, pageSize }, pageOptions, secrets), read, {
        signal,
        timeoutMs,
        headers,
        retry,
      });
      return { ...(await page), call: page };
    },
    options,
    checks,
  );
}
