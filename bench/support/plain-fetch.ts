/** The server that contenders call, and the fetch that they use. */
export interface Address {
  readonly baseUrl: string;
  readonly fetch: typeof fetch;
}

/** The minimum that a call over fetch can cost: a request without fields, and a response that is read with `JSON.parse`. */
export async function plainFetch(
  { baseUrl, fetch }: Address,
  path: string,
  token: string,
  signal: AbortSignal | null = null,
): Promise<unknown> {
  const response = await fetch(`${baseUrl}/${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", authorization: `Bearer ${token}` },
    body: "{}",
    signal,
  });
  return JSON.parse(await response.text());
}

/** The same with a deadline, as a careful user writes it by hand. */
export async function boundedFetch(address: Address, path: string, token: string): Promise<unknown> {
  const controller = new AbortController();
  const timer = setTimeout(() => controller.abort(), 60_000);
  try {
    return await plainFetch(address, path, token, controller.signal);
  } finally {
    clearTimeout(timer);
  }
}
