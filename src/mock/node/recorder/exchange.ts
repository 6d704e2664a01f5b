/** A header's value by its name in lower case. A header that came several times is joined by commas. */
export type HeaderValues = Readonly<Record<string, string>>;

/** A call that went through the proxy, and its response, as they were on the wire. */
export interface Exchange {
  /** When the request came, in milliseconds since 1970. */
  readonly time: number;
  readonly httpMethod: string;
  /** The part of the path that names the service and the method. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly requestHeaders: HeaderValues;
  readonly requestBody: Uint8Array;
  readonly status: number;
  readonly responseHeaders: HeaderValues;
  readonly responseBody: Uint8Array;
}
