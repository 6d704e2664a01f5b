import type { DescMessage, MessageInitShape } from "@bufbuild/protobuf";
import type { Caller, CallRecord } from "../calls/calls.js";
import type { CodeName } from "../errors.js";
import type { Duration } from "../time/duration.js";
import type { WireFault } from "./wire-faults.js";

/** A detail of an error: a message and its schema. */
export interface FaultDetail {
  /** The message's schema, such as `RetryInfoSchema`. */
  readonly desc: DescMessage;
  /** The message, with the fields that differ from their defaults. */
  readonly value: MessageInitShape<DescMessage>;
}

/** A call that a fault may hit, with the facts that are known before the server handles it. */
export interface FaultCall extends Pick<CallRecord, "api" | "method" | "request" | "accountId" | "at"> {
  /** The request's headers. */
  readonly header: Headers;
  /** The caller. Undefined if the token is unknown. Reading it does not change the server. */
  readonly caller: Caller | undefined;
}

/** A fault: its effect, and the calls that it applies to. */
export interface FaultOptions<Method extends string = string> {
  /** The RPC: `"GetUser"`, or `"vydon.GetUser"` if two APIs share a name. Default: all. */
  method?: Method | undefined;
  /** The account in the request, or at Ona the organization. Default: all calls, including calls without an account. */
  accountId?: string | undefined;
  /**
   * Returns whether the fault is for a call. It must have no side effects, because it also runs for calls that other options exclude.
   * Default: the fault is for every call.
   */
  when?: ((call: FaultCall) => boolean) | undefined;
  /** The error's code. Without `code` and `wire`, the fault only delays the call, and needs `latencyMs`. */
  code?: CodeName | undefined;
  /** The error's text. Needs `code`. Default: `injected fault`. */
  message?: string | undefined;
  /** The error's details, such as `{ desc: RetryInfoSchema, value: { retryDelay: { seconds: 2n } } }`. Need `code`. Default: none. */
  details?: readonly FaultDetail[] | undefined;
  /** How the response is broken on its way to the client. Use it instead of `code`. Default: nothing. */
  wire?: WireFault | undefined;
  /** Adds a `Retry-After` header to the error or to a gateway's page, in whole seconds, rounded up. Default: none. */
  retryAfter?: Duration | undefined;
  /**
   * How long the response is delayed, in milliseconds of the server's clock. It takes real time only if the clock runs. Default: 0. With
   * `wire: "drip"`, it is how long the body takes, and the default is ten seconds.
   */
  latencyMs?: number | undefined;
  /** Lets this many calls pass first. Default: 0. */
  after?: number | undefined;
  /** Hits every Nth call after those: 3 hits the third, the sixth, and so on. Default: 1. */
  every?: number | undefined;
  /** The probability that it hits each of these calls, from 0 to 1. The server's random seed decides which ones. Default: 1. */
  probability?: number | undefined;
  /** Hits at most this many calls. Default: all. */
  times?: number | undefined;
}
