import type { OutgoingHttpHeaders } from "node:http2";
import type { Transport } from "@connectrpc/connect";

/** Carries the mark of a request from its transport to its connection. It is not sent. */
const header = "tenantry-request-mark";

/**
 * Tells an HTTP/2 connection whether anybody still waits for a request. connect-node does not: it opens the stream of a
 * request that was aborted while the connection opened, and resets it. Node ends the stream before that, so the server gets a
 * request with an empty message, which is a valid one in the binary format.
 */
export class RequestMarks {
  /** The signals of the requests under way. */
  readonly #signals = new Map<string, AbortSignal>();
  #last = 0;

  /** Returns a transport that marks its unary requests. */
  markedBy(inner: Transport): Transport {
    return {
      unary: async (method, signal, timeoutMs, headers, input, contextValues) => {
        const mark = `${++this.#last}`;
        const marked = new Headers(headers);
        marked.set(header, mark);
        this.#signals.set(mark, signal ?? new AbortController().signal);
        try {
          return await inner.unary(method, signal, timeoutMs, marked, input, contextValues);
        } finally {
          this.#signals.delete(mark);
        }
      },
      stream: inner.stream.bind(inner),
    };
  }

  /** Takes the mark from a request's headers. Returns a function that tells whether somebody still waits for the request. */
  take(headers: OutgoingHttpHeaders): () => boolean {
    const mark = String(headers[header]);
    delete headers[header];
    return () => this.#signals.get(mark)?.aborted === false;
  }
}
