import type { DescMethodUnary, Message, MessageShape } from "@bufbuild/protobuf";
import type { ConnectError } from "@connectrpc/connect";
import type { WireFault } from "../faults/wire-faults.js";
import type { CallExpectation } from "./expect.js";
import type { FieldsOf } from "./match.js";
import type { Carried, MethodName, MethodNamed } from "./method-names.js";

/** Whom a token stands for; each API says more. */
export interface Caller {
  /** Such as `user`, `api_key` or `worker_key` for Vydon, `account` for Ona, `user` for FAM. */
  readonly kind: string;
  /** The id of the user, if the token stands for one. */
  readonly userId?: string;
}

/** One call that reached the server. */
export interface CallRecord<Request = Message, Response = Message> {
  /** The API: `"vydon"`. */
  readonly api: string;
  /** The RPC's short name: `"GetUser"`. */
  readonly method: string;
  /** The message, as the server read it. */
  readonly request: Request;
  /** The answer; undefined where the call failed or is still under way. */
  readonly response: Response | undefined;
  /** The error that was answered. */
  readonly error: ConnectError | undefined;
  /** What a fault did to the answer beneath the RPC, after the server gave the one that stands here. */
  readonly wire: WireFault | undefined;
  /** Who called; undefined where the server didn't come to know. */
  readonly caller: Caller | undefined;
  /** The account that the request names. */
  readonly accountId: string | undefined;
  /** When it came, in milliseconds since 1970 on the server's clock. */
  readonly at: number;
  /** How long it took on the server's clock, in milliseconds. */
  readonly durationMs: number;
}

/** The calls of the methods that a name stands for. */
export type CallOf<All extends Carried, Name extends string> =
  MethodNamed<All, Name> extends infer Method
    ? Method extends DescMethodUnary<infer I, infer O>
      ? CallRecord<MessageShape<I>, MessageShape<O>>
      : never
    : never;

/** The requests of the methods that a name stands for. */
export type RequestOf<All extends Carried, Name extends string> =
  CallOf<All, Name> extends CallRecord<infer Request extends object, unknown> ? Request : never;

/**
 * What reached the server, in the order in which it came. It keeps the last 10,000 calls, so that a server may run for long, and
 * counts all of them, for each method. A question that only a forgotten call could answer is an error: it never gets a wrong
 * answer. {@link Calls.clear} starts anew.
 */
export interface Calls<All extends Carried = Carried> {
  /** How many calls there were, with those that are forgotten: `kept().length + forgotten`. */
  readonly count: number;
  /** How many calls are forgotten: 0 up to 10,000 calls. */
  readonly forgotten: number;
  /**
   * All calls, oldest first.
   *
   * @throws Error if some are forgotten. {@link Calls.kept} returns the others.
   */
  all(): CallRecord[];
  /** The calls that are not forgotten, oldest first: the last 10,000. */
  kept(): CallRecord[];
  /**
   * The calls of one method, oldest first.
   *
   * ```ts
   * expect(server.calls.of("CreateTeamAccount")[0]?.request.name).toBe("acme");
   * ```
   *
   * @throws Error for a method that the server doesn't carry, and if calls of this method are forgotten.
   */
  of<Name extends MethodName<All>>(method: Name): CallOf<All, Name>[];
  /**
   * Says what is expected of a method's calls, in any test runner or none. Where it isn't so, the error tells which call
   * came nearest, and which fields differ.
   *
   * ```ts
   * server.calls.expect("CreateTeamAccount", { name: "acme" }).toHaveBeenCalledOnce();
   * server.calls.expect("RemoveTeamAccountMember", { accountId }).not.toHaveBeenCalled();
   * server.calls.expect("SetUserRole").toHaveBeenLastCalledWith({ userId, role: AccountRole.ADMIN });
   * ```
   *
   * @param request - what the requests must hold to count: a part of their fields, in which a runner's own
   * `expect.any(String)` and its like may stand. Default: all calls of the method count.
   * @throws Error for a method that the server doesn't carry. The assertions throw one if the answer depends on forgotten calls.
   */
  expect<Name extends MethodName<All>>(
    method: Name,
    request?: FieldsOf<RequestOf<All, Name>>,
  ): CallExpectation<RequestOf<All, Name>>;
  /**
   * Tells of each call once it has ended, well or not; answers a function that stops it.
   *
   * ```ts
   * server.calls.watch(({ method, error }) => console.log(method, error?.rawMessage ?? "ok"));
   * ```
   *
   * @param tell - is called before the caller gets the answer. It must not throw.
   */
  watch(tell: (call: CallRecord) => void): () => void;
  /** Forgets all calls. */
  clear(): void;
}
