import type { Json } from "../json/fields.js";
import type { CallRetryOptions } from "../retry/retry-policy.js";
import type { Method } from "./method.js";

/** The protocols for RPCs. */
export type Protocol = "connect" | "grpc" | "grpc-web";

/** One call of a method, with all its attempts. All hooks of a call get the same object. */
export interface CallInfo {
  /** The service's full name, such as `mgmt.v1alpha1.UserAccountService`. */
  readonly service: string;
  /** The method's name, such as `GetUser`. */
  readonly method: string;
  /** The client's `baseUrl`. Undefined if the client has only a `transport`. */
  readonly baseUrl: string | undefined;
  /** The protocol of the client's transport: "connect", "grpc" or "grpc-web". The default transport uses "connect". */
  readonly protocol: Protocol;
  /** When the call began, in milliseconds since 1970. */
  readonly startedAt: number;
}

/** The state of one call, shared by the layers. Only `attempts`, `token`, `refused` and `secrets` change. */
export interface Call<T> {
  readonly info: CallInfo;
  readonly method: Method;
  /** The request as JSON. */
  readonly request: object;
  /** Reads the response into a model. Throws a `FieldError` if a field cannot be read. */
  readonly read: (body: Json) => T;
  /** The retry options given for this one call. */
  readonly retry: CallRetryOptions | false | undefined;
  /** Whether the method needs no token. */
  readonly needsNoToken?: boolean | undefined;
  /** The number of requests sent so far. */
  attempts: number;
  /** The token that was sent last. */
  token?: string;
  /** Whether the server has refused a token. The next refusal is final. */
  refused?: boolean;
  /** The tokens that were sent, and the secrets in the request. They are removed from errors. */
  readonly secrets: string[];
}

/**
 * One request of a call. Each request has its own object. If a token arrives after its attempt has timed out, the
 * attempt cannot send with the signal of the next one.
 */
export interface Attempt<T> {
  readonly call: Call<T>;
  /** Headers by their lower-case names. */
  readonly headers: HeaderRecord;
  /** Ends the attempt when it aborts. */
  readonly signal: AbortSignal;
  /** When the attempt must end, in milliseconds of the clock that `monotonicTime` reads. Infinity for no deadline. */
  readonly deadline: number;
}

/** Headers by their lower-case names. A plain object is copied faster than the platform's `Headers`. */
export type HeaderRecord = Readonly<Record<string, string>>;

/** The result of a request. */
export interface Reply<T> {
  readonly data: T;
  /** The HTTP status. */
  readonly status: number;
  readonly headers: Headers;
}

/** Sends a request and returns its reply. A layer wraps a `Send` to add one feature: see `pipeline`. */
export type Send = <T>(attempt: Attempt<T>) => Promise<Reply<T>>;
