import { UnexpectedResponseError } from "../errors/errors.js";
import { textOf } from "../errors/network.js";

type Fetch = typeof globalThis.fetch;

/**
 * Calls `fetch`. The default is the platform's at the time of the call, because a test or a tracer may replace it.
 *
 * A simulated browser such as jsdom may replace `AbortController` but not `fetch`. That `fetch` throws because of the
 * signal, and sends nothing. In that case, the request is sent without the signal: an abort ends the call, but not the
 * transfer.
 *
 * @throws UnexpectedResponseError if `fetch` returns anything but a Response with an unread body.
 */
export async function fetchWith(
  input: Parameters<Fetch>[0],
  init: RequestInit | undefined,
  fetch: Fetch = globalThis.fetch,
): Promise<Response> {
  let response: Response;
  try {
    response = await fetch(input, init);
  } catch (cause) {
    if (!init?.signal || init.signal.aborted || !textOf(cause).includes("AbortSignal")) throw cause;
    response = await fetch(input, { ...init, signal: null });
  }
  // A mistake in a fetch of the caller's own, often in a test.
  if (response?.bodyUsed !== false) throw new UnexpectedResponseError("fetch must return a new Response");
  return response;
}
