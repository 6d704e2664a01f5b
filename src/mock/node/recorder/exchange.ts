/** The values of headers, by their names in lower case. Several values of one header are joined by commas. */
export type HeaderValues = Readonly<Record<string, string>>;

/** A call through the proxy and its response, as they were sent. */
export interface Exchange {
  /** When the request arrived, in milliseconds since 1970. */
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
