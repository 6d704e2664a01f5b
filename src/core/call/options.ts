import type { CallRetryOptions, RetryOptions } from "../retry/retry-policy.js";
import type { Auth } from "../tokens/auth.js";
import type { Clock } from "./clock.js";
import type { Hooks } from "./hooks.js";
import type { Logger, LogLevel } from "./log-hooks.js";
import type { ClientTransport } from "./transport.js";

/**
 * The options that `withOptions` can change. An option that is passed as undefined gets its default again.
 *
 * All time limits are in milliseconds. Infinity means no limit, and so does a limit longer than 2 147 483 647 (24
 * days), because timers cannot wait longer. A negative number and NaN are errors.
 */
export interface ChangeableOptions {
  /**
   * The longest that a call may take, in milliseconds, including retries, waits and the refresh of its token. Default
   * 60 000; 0, Infinity, or more than 2 147 483 647 for no limit. A call that takes longer fails with
   * `DeadlineExceededError`.
   */
  readonly timeoutMs?: number | undefined;
  /**
   * The longest that one attempt of a call may take, in milliseconds, at least 1. Default: what is left of the call's
   * time. Infinity, or more than 2 147 483 647, has the same effect as the default.
   */
  readonly attemptTimeoutMs?: number | undefined;
  /**
   * How failed calls are retried; false for never. Default: four attempts, see {@link RetryOptions}. It replaces the
   * retry options of the client that `withOptions` is called on, except the `budget`, which both clients share.
   */
  readonly retry?: Omit<RetryOptions, "budget"> | false | undefined;
  /** Callbacks for logs, metrics and traces of every call. Default: none. */
  readonly hooks?: Hooks | undefined;
  /**
   * The logger for the client's calls, such as `console`. A failed call is logged as an error, a retry as a warning, a
   * successful or canceled call as an info and an attempt as a debug line. No message, header or token is logged. Default: the
   * console if the environment variable `TENANTRY_LOG` contains a level, otherwise none.
   */
  readonly logger?: Logger | undefined;
  /** The least severe level to log; "off" for nothing. Default "info". Ignored without a `logger`. */
  readonly logLevel?: LogLevel | undefined;
  /**
   * Headers for every request. Default: none. With `withOptions`, they replace all headers of the client. The headers of a call are
   * added, and override those with the same name. An `authorization` here overrides `auth`.
   */
  readonly headers?: RequestInit["headers"] | undefined;
}

/** The options of all clients, except the address. */
export interface CommonOptions extends ChangeableOptions {
  /** How failed calls are retried; false for never. Default: four attempts, see {@link RetryOptions}. */
  readonly retry?: RetryOptions | false | undefined;
  /**
   * How the client authenticates: a token (without "Bearer "), a function that returns one, or a `TokenSource`.
   * Default: calls are sent without a token, and most methods fail with `UnauthenticatedError`.
   */
  readonly auth?: Auth | undefined;
  /**
   * The fetch to use, for a proxy or a test. Default: the platform's. Ignored with `transport`.
   *
   * If your function also sends other requests, catch their errors. Otherwise the client treats them as failures of this
   * call, and a refused connection makes it repeat a write that the server may have executed.
   */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /**
   * Sends reads as HTTP GET, so that caches can serve them. Default false. It applies to methods that the server
   * declares free of side effects. A request that is too long for a URL is sent as POST. A URL contains the whole request,
   * such as emails and the id of an invite, and servers and proxies may log it. Ignored with `transport`.
   */
  readonly useHttpGet?: boolean | undefined;
  /**
   * The largest response to read, in bytes, at least 1; Infinity for no limit. A larger one fails with
   * `UnexpectedResponseError`. Default 67 108 864 (64 MiB). Ignored with `transport`.
   */
  readonly maxResponseBytes?: number | undefined;
  /**
   * Allows secrets over plain http to another machine: a token, a password, the code of a sign-in. Default false: the
   * constructor throws if `auth` is set, and every call with a secret fails. Set it only if you control the network
   * between the two machines. Ignored with `transport`, which may have the same option.
   */
  readonly allowInsecureAuth?: boolean | undefined;
  /** The source of time. In tests, pass the mock server's `server.clock`. Default: the platform's clock. */
  readonly clock?: Clock | undefined;
}

/** The address of an API, as a URL. */
export interface UrlAddress {
  /**
   * The API's URL, such as `https://api.example.com`. A path is kept. The token is sent only to this origin. With a
   * `transport`, which decides where calls go, it is only the address that hooks report.
   */
  readonly baseUrl: string | URL;
}

/** The address of an API, as a transport that has it. */
export interface TransportAddress {
  /**
   * Sends the requests: `nodeTransport`, `webTransport`, or `viaConnect` around any Connect transport. It decides where
   * calls go.
   */
  readonly transport: ClientTransport;
}

/** The address of an API: its URL, a transport that has it, or both. */
export type Address =
  // An editor shows the docs of a field only if each type that fits has the same declaration of it.
  | (TransportAddress & UrlAddress)
  | (TransportAddress & {
      /** Left out: hooks report no address. */
      readonly baseUrl?: undefined;
    })
  // If no type fits, TypeScript's error describes the last one. Most clients need a `baseUrl`, so it comes last.
  | (UrlAddress & {
      /** Left out: the client sends JSON over `fetch`. */
      readonly transport?: undefined;
    });

/** The options of any client, for code that reads them. */
export interface ConnectionOptions extends CommonOptions {
  /** See {@link UrlAddress}. */
  readonly baseUrl?: string | URL | undefined;
  /** See {@link TransportAddress}. */
  readonly transport?: ClientTransport | undefined;
}

/** The options of one call: the last parameter of every method. If one is wrong, the call fails and sends nothing. */
export interface CallOptions {
  /**
   * Ends the call as soon as it aborts. The call fails with `DeadlineExceededError` if the signal is a timeout's, such as
   * that of `AbortSignal.timeout()`, and with `CanceledError` otherwise. Default: none.
   */
  readonly signal?: AbortSignal | undefined;
  /**
   * The longest that this call may take, in milliseconds. Default: the client's `timeoutMs`; 0, Infinity, or more than
   * 2 147 483 647 (24 days) for no limit.
   */
  readonly timeoutMs?: number | undefined;
  /** Headers for this call. They override the client's. Default: none. */
  readonly headers?: RequestInit["headers"] | undefined;
  /** How this call is retried if it fails; false for never. Options that are left out are the client's. */
  readonly retry?: CallRetryOptions | false | undefined;
}
