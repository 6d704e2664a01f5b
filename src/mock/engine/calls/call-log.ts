import type { Message } from "@bufbuild/protobuf";
import type { ConnectError } from "@connectrpc/connect";
import type { WireFault } from "../faults/wire-faults.js";
import type { Caller, CallRecord, Calls } from "./calls.js";
import { type CallExpectation, expectation } from "./expect.js";
import type { FieldsOf } from "./match.js";
import { isNameOf, type MethodNames } from "./method-names.js";

/** How many calls are kept. */
const limit = 10_000;

/** A call in the log. It is added when the call arrives, and completed when the call ends. */
export class CallEntry implements CallRecord {
  readonly api: string;
  readonly method: string;
  readonly request: Message;
  readonly at: number;
  response: Message | undefined = undefined;
  error: ConnectError | undefined = undefined;
  wire: WireFault | undefined = undefined;
  caller: Caller | undefined = undefined;
  requestId: string | undefined = undefined;
  durationMs = 0;
  readonly #accountOf: () => string | undefined;

  /**
   * The entry of a call that has just arrived.
   *
   * @param accountOf - returns the account, or the organization, that the request names.
   */
  constructor(
    api: string,
    method: string,
    request: Message,
    at: number,
    accountOf = () => accountIn(request),
  ) {
    this.api = api;
    this.method = method;
    this.request = request;
    this.at = at;
    this.#accountOf = accountOf;
  }

  /** It is read from the request only when it is needed. */
  get accountId(): string | undefined {
    return this.#accountOf();
  }
}

/** Reads the field that names the account or the organization in most requests. */
function accountIn(request: Message): string | undefined {
  for (const field of ["accountId", "organizationId"]) {
    const id: unknown = Reflect.get(request, field);
    if (typeof id === "string" && id !== "") return id;
  }
  return undefined;
}

// Kept here, because a test runner may replace it later.
const { queueMicrotask } = globalThis;

/** The calls of a server, as its handlers log them. */
export class CallLog<ByName extends Record<string, CallRecord> = Record<string, CallRecord>>
  implements Calls<ByName>
{
  readonly #names: MethodNames;
  #entries: CallEntry[] = [];
  readonly #watchers = new Set<(call: CallRecord) => void>();
  /** How many calls there were, by API and method. It includes dropped calls. */
  #counts = new Map<string, number>();
  #count = 0;

  /** An empty log. `names` are the methods that a test can look up. */
  constructor(names: MethodNames) {
    this.#names = names;
  }

  get count(): number {
    return this.#count;
  }

  get dropped(): number {
    return Math.max(0, this.#count - limit);
  }

  all(): CallRecord[] {
    if (this.dropped > 0)
      throw new Error(`${droppedText(this.dropped, "calls")} calls.kept() returns the others.`);
    return this.kept();
  }

  kept(): CallRecord[] {
    return this.#entries.slice(-limit);
  }

  of<Name extends keyof ByName & string>(method: Name): ByName[Name][] {
    const { calls, dropped } = this.#callsOf(method);
    if (dropped > 0) throw new Error(droppedText(dropped, `calls of ${method}`));
    return calls;
  }

  expect<Name extends keyof ByName & string>(
    method: Name,
    request?: FieldsOf<ByName[Name]["request"]>,
  ): CallExpectation<ByName[Name]["request"]> {
    const { calls, dropped } = this.#callsOf(method);
    const check = (fields: unknown) => this.#names.checkFields(method, fields);
    if (request !== undefined) check(request);
    return expectation({
      method,
      calls,
      dropped,
      counts: () => this.#countsByName(),
      match: request ?? {},
      check,
      unknown: (question) => new Error(`${question} ${droppedText(dropped, `calls of ${method}`)}`),
    });
  }

  watch(callback: (call: CallRecord) => void): () => void {
    // A new function, because the same one may be passed twice.
    const watcher = (call: CallRecord) => {
      try {
        callback(call);
      } catch (error) {
        // The error is reported in the same way as an error of an event listener, and does not change the call.
        queueMicrotask(() => {
          throw error;
        });
      }
    };
    this.#watchers.add(watcher);
    return () => void this.#watchers.delete(watcher);
  }

  clear(): void {
    this.#entries = [];
    this.#counts = new Map();
    this.#count = 0;
  }

  /** Adds a call. */
  begin(entry: CallEntry): void {
    const name = `${entry.api}.${entry.method}`;
    this.#count++;
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + 1);
    // Old entries are dropped in bulk, because a drop copies all other entries.
    if (this.#entries.push(entry) >= 2 * limit) this.#entries = this.#entries.slice(-limit);
  }

  /** Ends a call that has its response or its error. */
  end(entry: CallEntry): void {
    // A watcher may start or stop others.
    for (const watcher of [...this.#watchers]) if (this.#watchers.has(watcher)) watcher(entry);
  }

  /** Returns how many calls there were of each method, by the shortest unambiguous name. */
  #countsByName(): Map<string, number> {
    const named = Array.from(this.#counts, ([name, times]): [string, number] => {
      const [api = "", method = ""] = name.split(".");
      return [this.#names.of({ api, method }), times];
    });
    return new Map(named);
  }

  /** Returns the calls of a method that are kept, and the number of its dropped calls. @throws Error for an unknown method. */
  #callsOf<Name extends keyof ByName & string>(method: Name) {
    this.#names.check(method);
    const calls = this.kept().filter((record): record is ByName[Name] => isNameOf(method, record));
    let count = 0;
    for (const [name, times] of this.#counts)
      if (name === method || name.endsWith(`.${method}`)) count += times;
    return { calls, dropped: count - calls.length };
  }
}

function droppedText(count: number, what: string): string {
  return (
    `The log keeps the last ${limit} calls of the server, and ${count} ${what} were dropped. ` +
    "Call calls.clear() or server.reset() between tests (over HTTP, ClearCalls or Reset), or follow the calls with calls.watch()."
  );
}
