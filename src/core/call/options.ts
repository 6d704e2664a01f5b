import type { CallRetryOptions, RetryOptions } from "../retry/retry-policy.js";
import type { Auth } from "../tokens/auth.js";
import type { Clock } from "./clock.js";
import type { Hooks } from "./hooks.js";
import type { Logger, LogLevel } from "./log-hooks.js";
import type { ClientTransport } from "./transport.js";

/**
 * The options that `withOptions` can change.
 *
 * All time limits are in milliseconds. Infinity, and a limit longer than 2 147 483 647 (24 days), which is the most that timers
 * can wait, mean no limit. A negative number and NaN are refused.
 */
export interface SharedOptions {
  /**
   * The longest that a call may take, in milliseconds, with its retries, its waits and its token's refresh. Default
   * 60 000; 0, Infinity, or more than 2 147 483 647 for no limit. A call that takes longer fails with `DeadlineExceededError`.
   */
  readonly timeoutMs?: number | undefined;
  /**
   * The longest that one attempt of a call may take, in milliseconds, at least 1. Default, and for Infinity or more than
   * 2 147 483 647: what is left of the call's time.
   */
  readonly attemptTimeoutMs?: number | undefined;
  /**
   * How failed calls are repeated; false for never. Default: four attempts, see {@link RetryOptions}. It replaces the options of
   * the client that `withOptions` is called on, except the `budget`, which both share.
   */
  readonly retry?: Omit<RetryOptions, "budget"> | false | undefined;
  /** Callbacks that watch every call. */
  readonly hooks?: Hooks | undefined;
  /**
   * Where the client logs its calls; `console` fits. A failed call is an error, a retry a warning, a call that succeeded an
   * info, an attempt a debug line. No message, header or token is logged. Default: none, except in Node if the environment
   * variable `TENANTRY_LOG` has a level: then the console.
   */
  readonly logger?: Logger | undefined;
  /** What is logged: this level and those above. "off" for nothing. Default "info". */
  readonly logLevel?: LogLevel | undefined;
  /** Headers for every request. Those of a call override them. An `authorization` here overrides `auth`. */
  readonly headers?: HeadersInit | undefined;
}

/** The options that all clients have, apart from the address. */
export interface CommonOptions extends SharedOptions {
  /** How failed calls are repeated; false for never. Default: four attempts, see {@link RetryOptions}. */
  readonly retry?: RetryOptions | false | undefined;
  /**
   * How the client authenticates: a token (alone, without "Bearer "), a function that returns one, or a `TokenSource`.
   * Without it, calls are sent without a token; most methods then fail with `UnauthenticatedError`.
   */
  readonly auth?: Auth | undefined;
  /** The fetch to use, for a proxy or a test. Default: the platform's. Ignored with `transport`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /**
   * Send reads as HTTP GET, so that caches can serve them. Default false. Only for methods that the server declares free
   * of side effects; a request that is too long for a URL goes as POST. Ignored with `transport`.
   */
  readonly useHttpGet?: boolean | undefined;
  /**
   * The largest response to read, in bytes, at least 1; Infinity for no limit. A larger one is an error. Default 67 108 864
   * (64 MiB). Ignored with `transport`.
   */
  readonly maxResponseBytes?: number | undefined;
  /**
   * Allow secrets over plain http to a host that is not this machine: a token, a password, the code of a sign-in. Default
   * false: then the constructor throws if there is `auth`, and so does every call with a secret. Set it only if you control
   * the network between.
   */
  readonly allowInsecureAuth?: boolean | undefined;
  /** The clock. In tests, pass the mock server's `server.clock`. Default: the platform's. */
  readonly clock?: Clock | undefined;
}

/** The address of an API: its URL, or a transport that has one. */
export type Address =
  | {
      /** The API's URL, such as `https://api.example.com`. A path is kept. The token is sent to its origin only. */
      readonly baseUrl: string | URL;
      /** Not with `baseUrl`. */
      readonly transport?: undefined;
    }
  | {
      /**
       * Carries the requests in place of the client's own JSON over fetch: `nodeTransport`, `webTransport`, or `viaConnect`
       * around any Connect transport. The transport decides where calls go.
       */
      readonly transport: ClientTransport;
      /** The address that hooks report. The transport decides where calls go. */
      readonly baseUrl?: string | URL | undefined;
    };

/** The options of the three clients together, as the core sees them. */
export interface ConnectionOptions extends CommonOptions {
  /** As in {@link Address}. */
  readonly baseUrl?: string | URL | undefined;
  /** As in {@link Address}. */
  readonly transport?: ClientTransport | undefined;
}

/** Options of a client. */
export type ClientOptions = CommonOptions & Address;

/** Options of one call: the last parameter of every method. If one is wrong, the call fails and sends nothing. */
export interface CallOptions {
  /** Ends the call as soon as it aborts, with `CanceledError`. */
  readonly signal?: AbortSignal | undefined;
  /**
   * The longest that this call may take, in milliseconds. Default: the client's `timeoutMs`; 0, Infinity, or more than
   * 2 147 483 647 (24 days) for no limit.
   */
  readonly timeoutMs?: number | undefined;
  /** Headers for this call. They override the client's. */
  readonly headers?: HeadersInit | undefined;
  /** How this call is repeated; false for never. Options that are left out are the client's. */
  readonly retry?: CallRetryOptions | false | undefined;
}
