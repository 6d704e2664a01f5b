import type { DescMethodUnary, Message, MessageShape } from "@bufbuild/protobuf";
import type { ConnectError } from "@connectrpc/connect";
import { type CallExpectation, expectation } from "./expect.js";
import type { FieldsOf } from "./match.js";
import type { Carried, MethodName, MethodNamed, MethodNames } from "./methods.js";
import type { WireFault } from "./wire-faults.js";

/** Whom a token stands for; each API says more. */
export interface Caller {
  /** Such as `user`, `api_key` or `worker_key` for Vydon, `account` for Ona, `user` for FAM. */
  readonly kind: string;
  /** The id of the user, where the token stands for one. */
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

/** What reached the server, in the order in which it came. */
export interface Calls<All extends Carried = Carried> {
  /** How many calls there were. */
  readonly count: number;
  /** The calls, oldest first: the last 10,000, so that a server may run for long. */
  all(): CallRecord[];
  /**
   * The calls of one method, oldest first.
   *
   * ```ts
   * expect(server.calls.of("CreateTeamAccount")[0]?.request.name).toBe("acme");
   * ```
   *
   * @throws Error for a method that the server doesn't carry.
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
   * @throws Error for a method that the server doesn't carry.
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

/** How many calls are kept. */
const kept = 10_000;

/** A call's line in the log; it is there as soon as the call comes, and is filled in as the call goes on. */
export class CallEntry implements CallRecord {
  readonly api: string;
  readonly method: string;
  readonly request: Message;
  readonly at: number;
  response: Message | undefined = undefined;
  error: ConnectError | undefined = undefined;
  wire: WireFault | undefined = undefined;
  caller: Caller | undefined = undefined;
  durationMs = 0;

  /** The line of a call that came just now. */
  constructor(api: string, method: string, request: Message, at: number) {
    this.api = api;
    this.method = method;
    this.request = request;
    this.at = at;
  }

  /** Worked out only where somebody asks. */
  get accountId(): string | undefined {
    const id: unknown = Reflect.get(this.request, "accountId");
    return typeof id === "string" && id !== "" ? id : undefined;
  }
}

/** The log itself, as the handler writes it. */
export class CallLog<All extends Carried> implements Calls<All> {
  readonly #names: MethodNames;
  #entries: CallEntry[] = [];
  readonly #watchers = new Set<(call: CallRecord) => void>();
  #count = 0;

  /** An empty log; `names` are the methods that can be asked for. */
  constructor(names: MethodNames) {
    this.#names = names;
  }

  get count(): number {
    return this.#count;
  }

  all(): CallRecord[] {
    return this.#entries.slice(-kept);
  }

  of<Name extends MethodName<All>>(method: Name): CallOf<All, Name>[] {
    this.#names.check(method);
    return this.all().filter((record): record is CallOf<All, Name> => isNamed(record, method));
  }

  expect<Name extends MethodName<All>>(
    method: Name,
    request?: FieldsOf<RequestOf<All, Name>>,
  ): CallExpectation<RequestOf<All, Name>> {
    return expectation({ method, calls: this.of(method), all: this.all(), match: request ?? {} });
  }

  watch(tell: (call: CallRecord) => void): () => void {
    // Of its own, so that one function may be given twice.
    const watcher = (call: CallRecord) => tell(call);
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  clear(): void {
    this.#entries = [];
    this.#count = 0;
  }

  /** Writes a call down. */
  begin(entry: CallEntry): void {
    this.#count++;
    // Cut now and then rather than at each call, which would move them all each time.
    if (this.#entries.push(entry) >= 2 * kept) this.#entries = this.#entries.slice(-kept);
  }

  /** A call has its answer, or its error. */
  end(entry: CallEntry): void {
    for (const tell of this.#watchers) tell(entry);
  }
}

function isNamed(record: CallRecord, name: string): boolean {
  return record.method === name || `${record.api}.${record.method}` === name;
}
