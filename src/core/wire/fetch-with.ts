import { textOf } from "../errors/network.js";

type Fetch = typeof globalThis.fetch;

/**
 * Calls fetch; by default the platform's, looked up at the call, so that one replaced later (by a test, by a tracer) is used.
 *
 * A simulated browser such as jsdom may replace `AbortController` but not fetch, which then refuses the signal before it
 * sends anything. The request goes without the signal: an abort ends the call, but not the transfer.
 */
export async function fetchWith(
  input: RequestInfo | URL,
  init: RequestInit | undefined,
  fetch: Fetch = globalThis.fetch,
): Promise<Response> {
  try {
    return await fetch(input, init);
  } catch (cause) {
    if (!init?.signal || init.signal.aborted || !textOf(cause).includes("AbortSignal")) throw cause;
    return fetch(input, { ...init, signal: null });
  }
}
