import type { CallOptions as ConnectCallOptions, ContextValues, Transport } from "@connectrpc/connect";
import type { Auth } from "./auth.js";
import { withRetryOptions } from "./call.js";
import type { Clock } from "./clock.js";
import type { Hooks } from "./hooks.js";
import type { CallRetryOptions, RetryOptions } from "./retry-policy.js";

/** What can differ between a client and another made from it by `withOptions`. */
export interface SharedOptions {
  /**
   * The longest that a call may take in milliseconds, with its retries, its waits and its token's refresh. Default
   * 60 000; 0 for no limit. A call that takes longer fails with `DeadlineExceededError`.
   */
  readonly timeoutMs?: number | undefined;
  /** The longest that one attempt of a call may take, in milliseconds. Default: as long as the call has left. */
  readonly attemptTimeoutMs?: number | undefined;
  /** How calls that failed are repeated; false for never. Default: four attempts, see {@link RetryOptions}. */
  readonly retry?: RetryOptions | false | undefined;
  /** Callbacks that watch every call. */
  readonly hooks?: Hooks | undefined;
  /** Headers for every request. A call's own win over them; an `authorization` among them wins over `auth`. */
  readonly headers?: HeadersInit | undefined;
}

/** What every client takes, apart from the address. */
export interface CommonOptions extends SharedOptions {
  /**
   * How the client authenticates: a token, a function that answers one, or a `TokenSource`. Without it calls go out
   * without a token, which most methods answer with `UnauthenticatedError`.
   */
  readonly auth?: Auth | undefined;
  /** The fetch to use, for a proxy or a test. Default: the platform's. Not used with `transport`. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /** How messages travel. Default "binary"; "json" can be read in a browser's network panel. Not used with `transport`. */
  readonly format?: "binary" | "json" | undefined;
  /**
   * Send reads as HTTP GET, so that caches may answer them. Default false. Only methods that the server declares free of
   * side effects; a request too long for a URL goes by POST. Not used with `transport`.
   */
  readonly useHttpGet?: boolean | undefined;
  /** The largest answer to take, in bytes; a larger one is an error. Default 67 108 864 (64 MiB). Not used with `transport`. */
  readonly maxResponseBytes?: number | undefined;
  /**
   * Send the token over plain http to a host that is not this machine. Default false: the client then refuses to be
   * made. Set it only where the network between is yours.
   */
  readonly allowInsecureAuth?: boolean | undefined;
  /** Time, for tests: the mock server's `server.clock` fits. Default: the platform's. */
  readonly clock?: Clock | undefined;
}

/** The address of an API: its URL, or a Connect transport that knows the way. */
export type Address =
  | {
      /** The API's URL, such as `https://api.example.com`; a path is kept. The token goes to its origin alone. */
      readonly baseUrl: string;
      /** Not with `baseUrl`. */
      readonly transport?: undefined;
    }
  | {
      /** Takes the place of the transport over fetch; whoever gives it answers for where the token goes. */
      readonly transport: Transport;
      /** What hooks are told as the address; calls go by the transport. */
      readonly baseUrl?: string | undefined;
    };

/** Options of a client. */
export type ClientOptions = CommonOptions & Address;

/** Options of one call: the last parameter of every method. */
export interface CallOptions {
  /** Ends the call when it aborts, at once and wherever it is, with `CanceledError`. */
  readonly signal?: AbortSignal | undefined;
  /** The longest that this call may take in milliseconds. Default: the client's `timeoutMs`; 0 for no limit. */
  readonly timeoutMs?: number | undefined;
  /** Headers for this call; they win over the client's. */
  readonly headers?: HeadersInit | undefined;
  /** How this call is repeated; false for never. What it leaves out is as the client has it. */
  readonly retry?: CallRetryOptions | false | undefined;
  /** Connect's context values, for interceptors of a `transport` of your own. */
  readonly contextValues?: ContextValues | undefined;
}

/** Our call options as the Connect client takes them. */
export function toConnect(options: CallOptions | undefined): ConnectCallOptions | undefined {
  if (!options) return undefined;
  const { signal, timeoutMs, headers, retry, contextValues } = options;
  const values = retry === undefined ? contextValues : withRetryOptions(contextValues, retry);
  return {
    ...(signal && { signal }),
    ...(timeoutMs !== undefined && { timeoutMs }),
    ...(headers && { headers }),
    ...(values && { contextValues: values }),
  };
}
