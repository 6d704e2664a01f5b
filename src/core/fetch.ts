import { Code, ConnectError } from "@connectrpc/connect";
import { NetworkError, UnexpectedResponseError } from "./errors.js";

/**
 * Wraps fetch with what an API client needs and fetch leaves open:
 *
 * - it ends when the signal aborts, also where the given fetch doesn't listen;
 * - a redirect is refused, since the token would travel along. (`redirect: "error"` would do,
 *   but some runtimes reject that setting, and its error doesn't say where to.)
 * - a failure to get any answer is a {@link NetworkError};
 * - a rate limit that a proxy answers without Connect's JSON is told apart from an outage.
 */
export function guardedFetch(base: typeof globalThis.fetch | undefined): typeof globalThis.fetch {
  return async (input, init) => {
    // Looked up at the call, so that a fetch replaced later (by a test, by a tracer) is used.
    const fetch = base ?? globalThis.fetch;
    let response: Response;
    try {
      response = await abortable(fetch(input, { ...init, redirect: "manual" }), init?.signal);
    } catch (cause) {
      if (init?.signal?.aborted) throw cause;
      throw new NetworkError(reasonIn(cause), { cause });
    }
    const { status, headers } = response;
    if (response.type === "opaqueredirect" || (status >= 300 && status < 400)) {
      const target = headers.get("location");
      throw new UnexpectedResponseError(
        `the server redirects${target ? ` to ${originOf(target, input)}` : ""}; refused, to keep the token`,
      );
    }
    if (status === 429 && !headers.get("content-type")?.startsWith("application/json")) {
      throw new ConnectError("HTTP 429", Code.ResourceExhausted, headers);
    }
    return response;
  };
}

/** Settles as `work` does, or rejects with the signal's reason as soon as it aborts. */
function abortable<T>(work: Promise<T>, signal: AbortSignal | null | undefined): Promise<T> {
  if (!signal) return work;
  return new Promise((resolve, reject) => {
    const onAbort = () => reject(signal.reason);
    if (signal.aborted) onAbort();
    signal.addEventListener("abort", onAbort);
    work.then(resolve, reject).finally(() => signal.removeEventListener("abort", onAbort));
  });
}

/** fetch hides the reason ("fetch failed") one cause deeper. */
function reasonIn(cause: unknown): string {
  const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause;
  return inner instanceof Error ? inner.message || inner.name : String(inner);
}

/** The origin alone: the rest of a redirect's target may hold secrets. */
function originOf(target: string, base: RequestInfo | URL): string {
  const url = URL.parse(target, base instanceof Request ? base.url : base);
  return url?.origin ?? "an address that is no URL";
}
