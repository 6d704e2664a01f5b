import type { ApiError } from "../errors/api-error.js";
import type { ErrorCode } from "../errors/error-code.js";
import type { CallInfo } from "./call.js";

/**
 * One attempt of a call: one request on the wire. All events of an attempt get the same object. The client sets its fields as
 * the attempt goes on, unless a hook has frozen it.
 */
export interface AttemptInfo {
  /** The call that the attempt belongs to. */
  readonly call: CallInfo;
  /** 1 for the first attempt. */
  readonly number: number;
  /** When the attempt began, in milliseconds since the Unix epoch. */
  readonly startedAt: number;
  /** How long it took, in milliseconds. Left out until it has ended. */
  readonly durationMs?: number | undefined;
  /** Connect's code of the failure. Left out while the attempt runs, and if it succeeded. */
  readonly code?: ErrorCode | undefined;
  /** The server's id of the request (`x-request-id`, or `google.rpc.RequestInfo`), if it sent one. */
  readonly requestId?: string | undefined;
  /** The size of the request's message in bytes, as JSON. */
  readonly requestBytes: number;
  /** The size of the response in bytes, as it came over the wire. Left out if the server sent no `content-length`. */
  readonly responseBytes?: number | undefined;
}

/** How a call ended. */
export interface CallEnd {
  /** The call that has ended. */
  readonly call: CallInfo;
  /** How many requests were sent. */
  readonly attempts: number;
  /** How long the call took, in milliseconds, with all attempts and the waits between them. */
  readonly durationMs: number;
  /** The error that the caller gets. Undefined if the call succeeded. */
  readonly error: ApiError | undefined;
  /** The server's id of the last request, if it sent one. */
  readonly requestId: string | undefined;
}

/**
 * Callbacks that watch calls, for logs, metrics and traces. They see names, times, codes and sizes, never a token or a
 * message. An error that a hook throws is ignored: it does not change the call.
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
  /** When a method is called, before anything is sent. A list makes a call for each page. */
  onCallStart?(call: CallInfo): void;
  /** Before each attempt is sent. `setHeader` adds a header to the request, such as a trace's id. */
  onRequest?(
    attempt: AttemptInfo,
    request: {
      /** Adds a header to this attempt's request. It throws if the header cannot be sent. */
      setHeader(name: string, value: string): void;
    },
  ): void;
  /** After each attempt, whether it succeeded or failed. */
  onResponse?(attempt: AttemptInfo): void;
  /** Before the wait that precedes the next attempt. */
  onRetry?(retry: {
    /** The call that is repeated. */
    call: CallInfo;
    /** How many requests were sent so far. */
    attempts: number;
    /** How long the wait is, in milliseconds. */
    delayMs: number;
    /** Why the last attempt failed. */
    error: ApiError;
  }): void;
  /** Once for each call that fails, with the error that its caller gets. */
  onError?(failure: {
    /** The call that has failed. */
    call: CallInfo;
    /** How many requests were sent. */
    attempts: number;
    /** What the caller gets. */
    error: ApiError;
  }): void;
  /** Once for each call, after `onError` if it failed. */
  onCallEnd?(end: CallEnd): void;
}

/** What a hook is called with. */
type Facts<Name extends keyof Hooks> = Parameters<Required<Hooks>[Name]>;

/** Calls a hook of each watcher. Its errors are ignored, so that watching a call cannot change it. */
export function emit<Name extends keyof Hooks>(
  watchers: readonly { readonly [name in Name]?: (...facts: Facts<Name>) => unknown }[],
  name: Name,
  ...facts: Facts<Name>
): void {
  for (const watcher of watchers) {
    try {
      // A hook may be an async function, which rejects later.
      Promise.resolve(watcher[name]?.(...facts)).catch(() => {});
    } catch {}
  }
}
