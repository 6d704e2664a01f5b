/** A result with what came around it. */
export interface ApiResponse<T> {
  /** What the method returns. */
  readonly data: T;
  /** The HTTP status. */
  readonly status: number;
  /** The response's headers. In a browser, those that CORS lets through. */
  readonly headers: Headers;
  /** The server's id of the request. Left out if it sent none, as Vydon and Neosync do. */
  readonly requestId?: string;
  /** How many requests were sent. */
  readonly attempts: number;
}

/**
 * A promise for a method's result. `withResponse()` gives the HTTP response's facts as well:
 *
 * ```ts
 * const { data, requestId } = await client.accounts.createTeam({ name: "acme" }).withResponse();
 * ```
 */
export interface ApiPromise<T> extends Promise<T> {
  /** The result with the status, the headers, the request id and the attempts of the call. It sends nothing again. */
  withResponse(): Promise<ApiResponse<T>>;
}
