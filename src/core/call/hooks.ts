import type { ApiError } from "../errors/api-error.js";
import type { ErrorCode } from "../errors/error-code.js";
import type { CallInfo } from "./call.js";

/**
 * One attempt of a call: one request on the wire. All hooks of an attempt get the same object. The client sets the
 * optional fields when the attempt ends, unless a hook has frozen the object.
 */
export interface AttemptInfo {
  /** The call that the attempt belongs to. */
  readonly call: CallInfo;
  /** 1 for the first attempt. */
  readonly number: number;
  /** When the attempt began, in milliseconds since 1970. */
  readonly startedAt: number;
  /** How long the attempt took, in milliseconds. Left out until it has ended. */
  readonly durationMs?: number | undefined;
  /** Connect's code of the failure. Left out while the attempt runs, and if it succeeded. */
  readonly code?: ErrorCode | undefined;
  /** The server's id of the request (`x-request-id` or `google.rpc.RequestInfo`), if it sent one. */
  readonly requestId?: string | undefined;
  /** The size of the request's message in bytes, as JSON. */
  readonly requestBytes: number;
  /** The size of the response on the wire, in bytes. Left out if the server sent no `content-length`. */
  readonly responseBytes?: number | undefined;
}

/** The end of a call. */
export interface CallEnd {
  /** The call that ended. */
  readonly call: CallInfo;
  /** The number of requests that were sent. */
  readonly attempts: number;
  /** How long the call took, in milliseconds, including all attempts and the waits between them. */
  readonly durationMs: number;
  /**
   * The error that the call throws. Undefined if the call succeeded. FAM's `invites.accept` may still fail afterwards, if `auth` does
   * not accept the new tokens.
   */
  readonly error: ApiError | undefined;
  /** The server's id of the last request, if it sent one. */
  readonly requestId: string | undefined;
}

/**
 * Callbacks for logs, metrics and traces. They get names, times, codes and sizes, never a request or a response. Only an error's
 * `partial` may contain new tokens: do not log it. An error that a hook throws is ignored: it does not change the call.
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
  /**
   * Called when a method is called, before anything is sent. Not called if the client refuses the arguments or options of the call. A
   * list makes a call for each page.
   */
  onCallStart?(call: CallInfo): void;
  /** Called before each attempt is sent. `setHeader` adds a header to the request, such as a trace's id. */
  onRequest?(
    attempt: AttemptInfo,
    request: {
      /** Adds a header to this attempt's request. Throws if the header cannot be sent. */
      setHeader(name: string, value: string): void;
    },
  ): void;
  /** Called after each attempt, whether it succeeded or failed. */
  onResponse?(attempt: AttemptInfo): void;
  /** Called before the wait for the next attempt. */
  onRetry?(retry: {
    /** The call that is retried. */
    call: CallInfo;
    /** The number of requests that were sent so far. */
    attempts: number;
    /** How long the client waits, in milliseconds. */
    delayMs: number;
    /** The error of the last attempt. */
    error: ApiError;
  }): void;
  /**
   * Called once for each call that fails, with the error that the call throws. Not called if the client refuses the arguments or options
   * of the call.
   */
  onError?(failure: {
    /** The call that failed. */
    call: CallInfo;
    /** The number of requests that were sent. */
    attempts: number;
    /** The error that the call throws. */
    error: ApiError;
  }): void;
  /** Called once at the end of each call, after `onError` if the call failed. */
  onCallEnd?(end: CallEnd): void;
}

/** The arguments of a hook. */
type Facts<Name extends keyof Hooks> = Parameters<Required<Hooks>[Name]>;

/** Calls a hook in all sets of hooks. Ignores its errors, so that a hook cannot change the call. */
export function emit<Name extends keyof Hooks>(
  hooks: readonly { readonly [name in Name]?: (...facts: Facts<Name>) => unknown }[],
  name: Name,
  ...facts: Facts<Name>
): void {
  for (const each of hooks) {
    try {
      // A hook may be an async function, which rejects later.
      Promise.resolve(each[name]?.(...facts)).catch(() => {});
    } catch {}
  }
}
