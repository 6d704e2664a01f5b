import { create, toBinary } from "@bufbuild/protobuf";
import { Code, ConnectError, type Transport } from "@connectrpc/connect";
import { isTimeout, until } from "./abort.js";
import { type CallInfo, callOf } from "./call.js";
import { type Clock, longestTimerMs } from "./clock.js";
import { requestIdOf } from "./error-details.js";
import { unaryLayer } from "./layer.js";

/** One attempt of a call: one request on the wire. The same object in each of its events, filled in as facts come. */
export interface AttemptInfo {
  /** The call that it is an attempt of. */
  readonly call: CallInfo;
  /** 1 for the first attempt. */
  readonly number: number;
  /** When the attempt began, in milliseconds since the Unix epoch. */
  readonly startedAt: number;
  /** How long it took in milliseconds; undefined until it has ended. */
  readonly durationMs: number | undefined;
  /** The Connect code of the failure; undefined while it runs and where it succeeded. */
  readonly code: Code | undefined;
  /** The server's id of the request (`x-request-id`, or `google.rpc.RequestInfo`), where it gave one. */
  readonly requestId: string | undefined;
  /** The size of the request's message in bytes, in protobuf's binary form. */
  readonly requestBytes: number;
  /** The size of the answer in bytes as it came over the wire, where the server said it. */
  readonly responseBytes: number | undefined;
}

/**
 * Callbacks that watch calls, for logs, metrics and traces. They see names,
 * times, codes and sizes, never a token, a header or a message. A hook that
 * throws doesn't hurt the call: what it throws is dropped. The errors are those that the caller gets, with the response's
 * headers in their `metadata` as always: log their `toJSON()`, which has none.
 *
 * @example
 * ```ts
 * const hooks: Hooks = {
 *   onResponse: ({ call, number, durationMs, code }) =>
 *     console.log(call.method, `attempt ${number}`, `${durationMs} ms`, code ?? "ok"),
 * };
 * ```
 */
export interface Hooks {
  /** Before each attempt is sent. `setHeader` adds a header to the request, such as a trace's id. */
  onRequest?(attempt: AttemptInfo, request: { setHeader(name: string, value: string): void }): void;
  /** After each attempt, answered or failed. */
  onResponse?(attempt: AttemptInfo): void;
  /** Before the wait that precedes the next attempt; `attempts` are the requests sent so far. */
  onRetry?(retry: { call: CallInfo; attempts: number; delayMs: number; error: Error }): void;
  /** Once a call that failed for good, with the error that its caller gets. */
  onError?(failure: { call: CallInfo; attempts: number; error: Error }): void;
}

/** Calls a hook; what it throws is dropped, since watching must not change what is watched. */
export function emit<Args extends unknown[]>(
  hook: ((...args: Args) => void) | undefined,
  ...args: Args
): void {
  try {
    const result: unknown = hook?.(...args);
    // An async function fits too, and rejects later.
    if (result) Promise.resolve(result).catch(() => {});
  } catch {}
}

/** The innermost layer: counts each attempt and reports it. */
export function hooksLayer(next: Transport, hooks: Hooks, clock: Clock): Transport {
  return unaryLayer(next, async (method, signal, timeoutMs, header, input, contextValues) => {
    // Whole, as the header has to be, and no more than a timer of the transport's can take.
    const limitMs = timeoutMs && timeoutMs <= longestTimerMs ? Math.max(1, Math.ceil(timeoutMs)) : undefined;
    const call = callOf(contextValues);
    if (call) call.attempts++;
    if (!call || (!hooks.onRequest && !hooks.onResponse)) {
      return next.unary(method, signal, limitMs, header, input, contextValues);
    }
    const attempt: { -readonly [K in keyof AttemptInfo]: AttemptInfo[K] } = {
      call: call.info,
      number: call.attempts,
      startedAt: clock.now(),
      durationMs: undefined,
      code: undefined,
      requestId: undefined,
      requestBytes: toBinary(method.input, create(method.input, input)).length,
      responseBytes: undefined,
    };
    let headers = header;
    const setHeader = (name: string, value: string) => {
      const changed = new Headers(headers);
      changed.set(name, value);
      headers = changed;
    };
    emit(hooks.onRequest?.bind(hooks), attempt, { setHeader });
    const end = (metadata: Headers, error?: ConnectError, code = error?.code) => {
      attempt.durationMs = clock.now() - attempt.startedAt;
      attempt.code = code;
      attempt.requestId = requestIdOf(metadata, error);
      const bytes = metadata.get("content-length");
      attempt.responseBytes = bytes === null ? undefined : Number(bytes);
      emit(hooks.onResponse?.bind(hooks), attempt);
    };
    try {
      // Heard of at once when it is ended from above, also where the transport doesn't listen.
      const response = await until(signal, () =>
        next.unary(method, signal, limitMs, headers, input, contextValues),
      );
      end(response.header);
      return response;
    } catch (reason) {
      const error = ConnectError.from(reason);
      end(
        error.metadata,
        error,
        isTimeout(reason) ? Code.DeadlineExceeded : signal?.aborted ? Code.Canceled : error.code,
      );
      throw reason;
    }
  });
}
