import type { Message } from "@bufbuild/protobuf";
import type { ConnectError } from "@connectrpc/connect";
import type { WireFault } from "../faults/wire-faults.js";
import type { CallExpectation } from "./expect.js";
import type { FieldsOf } from "./match.js";

/** The caller, as the token identifies them. Each API adds its own fields. */
export interface Caller {
  /** For Vydon `user`, `api_key`, `worker_key` or `anonymous`, for Ona `account` or `user`, for Fetch Ads Manager `user`. */
  readonly kind: string;
  /** The id of the user, if the token belongs to one. */
  readonly userId?: string;
}

/** One call that reached the server. */
export interface CallRecord<Request extends Message = Message, Response extends Message = Message> {
  /** The API: `"vydon"`. */
  readonly api: string;
  /** The RPC's short name: `"GetUser"`. */
  readonly method: string;
  /** The request, as the server read it. */
  readonly request: Request;
  /** The response. Undefined if the call failed or has not ended yet. */
  readonly response: Response | undefined;
  /** The error of the call. Undefined if the call succeeded or has not ended yet. */
  readonly error: ConnectError | undefined;
  /**
   * The wire fault that hit the call. With `html_502`, `html_429` and `reset`, the server did not carry out the call, and `error` is an
   * `unavailable` that only names the fault. With the others, the server made the `response` or `error` of this record, and then
   * the fault broke it.
   */
  readonly wire: WireFault | undefined;
  /** The caller. Undefined if the server did not identify the caller. */
  readonly caller: Caller | undefined;
  /** The account in the request, or at Ona the organization. Undefined if the request has neither. */
  readonly accountId: string | undefined;
  /** The `x-request-id` of the response. Undefined without the server's option `requestIds`. */
  readonly requestId: string | undefined;
  /** When the call arrived, in milliseconds since 1970 on the server's clock. */
  readonly at: number;
  /** How long it took on the server's clock, in milliseconds. */
  readonly durationMs: number;
}

/**
 * The calls that reached the server, in order. It counts all calls of each method, but keeps only the last 10,000 calls, because a server
 * may run for a long time. If the result of a method depends on dropped calls, the method throws an error. {@link Calls.clear} starts
 * again.
 */
export interface Calls<
  ByName extends Record<string, CallRecord> = Record<string, CallRecord>,
  Method extends keyof ByName & string = keyof ByName & string,
> {
  /** How many calls there were, including dropped calls: `kept().length + dropped`. */
  readonly count: number;
  /** How many calls were dropped: 0 up to 10,000 calls. */
  readonly dropped: number;
  /**
   * Returns all calls, oldest first.
   *
   * @throws Error if some were dropped. {@link Calls.kept} returns the others.
   */
  all(): CallRecord[];
  /** Returns the calls that are not dropped, oldest first: the last 10,000. */
  kept(): CallRecord[];
  /**
   * Returns the calls of one method, oldest first.
   *
   * ```ts
   * expect(server.calls.of("CreateTeamAccount")[0]?.request.name).toBe("acme");
   * ```
   *
   * @throws Error for a method that the server does not have, and if calls of this method were dropped.
   */
  of<Name extends Method>(method: Name): ByName[Name][];
  /**
   * Returns assertions about a method's calls, for any test runner. The error of an assertion that fails shows the most similar
   * call and the fields that differ.
   *
   * ```ts
   * server.calls.expect("CreateTeamAccount", { name: "acme" }).toHaveBeenCalledOnce();
   * server.calls.expect("RemoveTeamAccountMember", { accountId }).not.toHaveBeenCalled();
   * server.calls.expect("SetUserRole").toHaveBeenLastCalledWith({ userId });
   * ```
   *
   * @param request - the fields that a request must have for its call to count. A field may be a matcher of the test runner, such as
   * `expect.any(String)`. `undefined` means that an optional field is not set. Default: all calls of the method count.
   * @throws Error for a method that the server does not have, for a field that its request does not have, and for `undefined` if a field
   * always has a value. An assertion throws an Error if it depends on dropped calls.
   */
  expect<Name extends Method>(
    method: Name,
    request?: FieldsOf<ByName[Name]["request"]>,
  ): CallExpectation<ByName[Name]["request"]>;
  /**
   * Calls a function with each call when it has ended, successfully or not. Returns a function that stops this.
   *
   * ```ts
   * server.calls.watch(({ method, error }) => console.log(method, error?.rawMessage ?? "ok"));
   * ```
   *
   * @param callback - called before the caller gets the response. An error that it throws does not change the call. It is reported as an
   * uncaught error, which fails the test in most test runners.
   */
  watch(callback: (call: CallRecord) => void): () => void;
  /** Removes all calls, and sets all counts to 0. */
  clear(): void;
}
