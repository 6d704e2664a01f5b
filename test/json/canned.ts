/** A request that a canned fetch received. */
export interface CannedRequest {
  readonly path: string;
  readonly headers: Headers;
  /** The request's JSON. */
  readonly body: string;
}

/** Creates a fetch that returns the same response to every request, and records the requests. */
export function canned(
  body: string,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
): { fetch: typeof globalThis.fetch; requests: CannedRequest[] } {
  const requests: CannedRequest[] = [];
  return {
    requests,
    async fetch(url, init) {
      const { pathname } = new URL(String(url));
      requests.push({ path: pathname, headers: new Headers(init?.headers), body: String(init?.body) });
      return new Response(body, { status, headers: { "content-type": "application/json", ...headers } });
    },
  };
}
