/** A method's result, and its HTTP response without the body. */
export interface ApiResponse<T> {
  /** The method's result. */
  readonly data: T;
  /** The HTTP status. */
  readonly status: number;
  /** The response's headers. In a browser, only the headers that CORS exposes. */
  readonly headers: Headers;
  /** The server's id of the request. Left out if the server sent none. Vydon and Neosync send none. */
  readonly requestId?: string;
  /** The number of requests that were sent. */
  readonly attempts: number;
}

/**
 * A promise for a method's result. `withResponse()` returns the status and the headers of the HTTP response too:
 *
 * ```ts
 * const { data, requestId } = await client.accounts.createTeam({ name: "acme" }).withResponse();
 * ```
 */
export interface ApiPromise<T> extends Promise<T> {
  /**
   * Returns the result with the status, the headers, the request id and the attempts of the call. Sends no second
   * request.
   */
  withResponse(): Promise<ApiResponse<T>>;
}
