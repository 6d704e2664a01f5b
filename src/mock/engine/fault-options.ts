import type { ConnectError } from "@connectrpc/connect";
import type { Caller, CallRecord } from "./calls.js";
import type { Duration } from "./duration.js";
import type { CodeName } from "./errors.js";
import type { WireFault } from "./wire-faults.js";

/** A detail of an error: a message and its schema. */
export type FaultDetail = NonNullable<ConstructorParameters<typeof ConnectError>[3]>[number];

/** A call that a fault may strike, as far as the server knows it before it looks at it. */
export interface FaultCall extends Pick<CallRecord, "api" | "method" | "request" | "accountId" | "at"> {
  /** The request's headers. */
  readonly header: Headers;
  /** Who calls; undefined where the token is none that the server knows. */
  readonly caller: Caller | undefined;
}

/** What goes wrong, for which calls. */
export interface FaultOptions<Method extends string = string> {
  /** The RPC: `"GetUser"`, or `"vydon.GetUser"` where two APIs share a name. Default: all. */
  method?: Method;
  /** The account that the request names. Default: all, and none. */
  accountId?: string;
  /** Says which calls it is for. It should do nothing else: it is asked about calls that other options let pass. */
  when?: (call: FaultCall) => boolean;
  /** The error's code. Without one, and without `wire`, the call is only late. */
  code?: CodeName;
  /** The error's text. Default: `injected fault`. */
  message?: string;
  /** The error's details, such as `{ desc: RetryInfoSchema, value: { retryDelay: { seconds: 2n } } }`. */
  details?: FaultDetail[];
  /** What happens to the answer beneath the RPC, in the place of an error with a code. */
  wire?: WireFault;
  /** Sends a `Retry-After` header with the error, or with a gateway's page: whole seconds, rounded up. */
  retryAfter?: Duration;
  /** How late the answer comes, on the server's clock. */
  latencyMs?: number;
  /** How many calls it lets pass first. Default: 0. */
  after?: number;
  /** Of those that follow, it strikes every so-manieth: 3 is the third, the sixth… Default: 1. */
  every?: number;
  /** How likely it is to strike then, from 0 to 1, thrown by the server's seed. Default: 1. */
  probability?: number;
  /** How many calls it strikes before it is spent. Default: all. */
  times?: number;
}
