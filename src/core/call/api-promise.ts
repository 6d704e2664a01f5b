/** A method's result, with the facts of its HTTP response. */
export interface ApiResponse<T> {
  /** What the method returns. */
  readonly data: T;
  /** The HTTP status. */
  readonly status: number;
  /** The response's headers. In a browser, only those that CORS exposes. */
  readonly headers: Headers;
  /** The server's id of the request. Left out if it sent none, as Vydon and Neosync do. */
  readonly requestId?: string;
  /** How many requests were sent. */
  readonly attempts: number;
}

/**
 * A promise for a method's result. `withResponse()` returns the facts of the HTTP response as well:
 *
 * ```ts
 * const { data, requestId } = await client.accounts.createTeam({ name: "acme" }).withResponse();
 * ```
 */
export interface ApiPromise<T> extends Promise<T> {
  /** The result with the status, the headers, the request id and the attempts of the call. It sends no second request. */
  withResponse(): Promise<ApiResponse<T>>;
}
