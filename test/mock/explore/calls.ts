import { Code, ConnectError } from "@connectrpc/connect";
import type { CallRecord } from "tenantry/mock";
import { codes } from "../../../src/mock/engine/errors.js";
import { type Operation, randomOperation } from "./operations.js";
import type { Run } from "./run.js";
import type { Subject, TransportName } from "./subject.js";

interface Call {
  readonly id: string;
  readonly subject: Subject;
  readonly operation: Operation;
  readonly abort: AbortController;
  readonly timeoutMs: number | undefined;
  /** The era of the server in which it was sent. */
  readonly sentIn: number;
  /** The era of the server in which its request came. */
  era?: number;
  /** Its entry in the log, if it has reached the server. */
  entry?: CallRecord;
  /** The server's state when it began, and the number of changes. */
  before?: { readonly state: string; readonly changes: number };
  hasEnded: boolean;
  hasSettled: boolean;
}

const noWireFault: readonly unknown[] = [undefined, "drip"];

/** The calls of a run. Each is checked when it begins, when it ends and when its client has the result. */
export class Calls {
  readonly #run: Run;
  readonly #calls = new Map<string, Call>();
  readonly #byEntry = new Map<CallRecord, Call>();

  constructor(run: Run) {
    this.#run = run;
  }

  /** Follows the calls that reach a server. */
  follow(subject: Subject): void {
    subject.internals.faults.probe = (entry, { requestHeader }) => {
      this.#run.check(() => this.#begin(subject, entry, requestHeader.get("x-call") ?? ""));
      return undefined;
    };
    subject.onFetch = (header) => {
      const call = this.#calls.get(header.get("x-call") ?? "");
      if (call !== undefined) call.era = subject.eras;
    };
    subject.server.calls.watch((entry) => this.#run.check(() => this.#end(subject, entry)));
  }

  /** Sends a random request to a server. */
  send(subject: Subject): void {
    const { random } = this.#run;
    const operation = randomOperation(random, subject.server);
    const id = `call ${this.#calls.size + 1}`;
    const call: Call = {
      id,
      subject,
      operation,
      sentIn: subject.eras,
      hasEnded: false,
      hasSettled: false,
      abort: new AbortController(),
      timeoutMs: random.chance(0.4) ? 600_000 : undefined,
    };
    this.#calls.set(id, call);
    const name = this.#transportName();
    const header = new Headers({ "x-call": id });
    const token = random.pick(subject.tokens.filter(({ api }) => api === operation.api).slice(-2))?.token;
    if (token !== undefined) header.set("authorization", `Bearer ${token}`);
    this.#run.note(`${id}: ${subject.name} ${operation.method} over ${name}`);
    subject.open++;
    operation
      .send(subject.transport(name), { header, signal: call.abort.signal, timeoutMs: call.timeoutMs })
      .then(
        (response) => this.#run.check(() => this.#settle(call, response, undefined)),
        (reason: unknown) => this.#run.check(() => this.#settle(call, undefined, ConnectError.from(reason))),
      );
  }

  /** Most calls go over `fetch`: a router makes the handlers of all methods first. */
  #transportName(): TransportName {
    const { random } = this.#run;
    if (random.chance(0.9)) return random.pick(["json", "binary"]);
    return random.pick(["transport", "router"]);
  }

  /** Aborts a call that is under way. */
  abort(): void {
    const call = this.#run.random.pick([...this.#calls.values()].filter(({ hasSettled }) => !hasSettled));
    if (call === undefined) return;
    this.#run.note(`${call.id} is aborted`);
    call.subject.isTouched = true;
    call.abort.abort();
  }

  /** Checks that all calls to a server have settled. */
  checkSettled(subject: Subject): void {
    for (const call of this.#calls.values()) {
      if (call.subject !== subject) continue;
      if (!call.hasSettled) throw new Error(`${call.id} never settles`);
      if (call.entry !== undefined && !call.hasEnded) throw new Error(`${call.id} never ends in the log`);
    }
  }

  #begin(subject: Subject, entry: CallRecord, id: string): void {
    const call = this.#calls.get(id);
    if (call?.subject !== subject) throw new Error(`${id} reaches ${subject.name}`);
    if (call.entry !== undefined) throw new Error(`${id} begins twice`);
    if (subject.isEnded) throw new Error(`${id} begins on ${subject.name}, which has ended`);
    call.era ??= subject.eras;
    if (call.era !== subject.eras) throw new Error(`${id} begins after a reset`);
    call.entry = entry;
    call.before = { state: subject.state, changes: subject.changes };
    this.#byEntry.set(entry, call);
    subject.isTouched = true;
    subject.log.push(entry);
    subject.begun.push(entry);
  }

  #end(subject: Subject, entry: CallRecord): void {
    const call = this.#byEntry.get(entry);
    if (call === undefined) throw new Error(`a call of ${subject.name} ends that never began`);
    if (call.hasEnded) throw new Error(`${call.id} ends twice`);
    call.hasEnded = true;
    subject.isTouched = true;
    // A call that a fault delays ends shortly after it has written.
    const isAlone = subject.begun.every((other) => this.#byEntry.get(other)?.hasEnded);
    if (entry.error === undefined) subject.changes++;
    else if (isAlone && subject.changes === call.before?.changes && subject.state !== call.before.state) {
      throw new Error(`${call.id} fails and changes the state: ${entry.error.message}`);
    }
    checkFaults(call, entry);
  }

  #settle(call: Call, response: string | undefined, error: ConnectError | undefined): void {
    const { subject, entry, operation } = call;
    call.hasSettled = true;
    subject.open--;
    this.#run.note(`${call.id}: ${response ?? error?.message}`);
    if (call.abort.signal.aborted) return;
    const isInOtherEra = (call.era ?? call.sentIn) !== subject.eras;
    if (entry === undefined) {
      if (error?.code !== Code.Canceled || !(isInOtherEra || subject.isEnded)) {
        throw new Error(`${call.id} is not in the log, but has the result ${response ?? error?.message}`);
      }
      return;
    }
    if (!call.hasEnded) throw new Error(`${call.id} has a result before it ends`);
    if (isInOtherEra && error?.code === Code.Canceled) return;
    if (!noWireFault.includes(entry.wire)) {
      if (response !== undefined) throw new Error(`${call.id} succeeds in spite of ${entry.wire}`);
      return;
    }
    const logged = entry.error?.rawMessage ?? (entry.response && operation.textOf(entry.response));
    if (logged === undefined || (entry.error && entry.response)) throw new Error(`${call.id} has no outcome`);
    if ((response ?? error?.rawMessage) !== logged || error?.code !== entry.error?.code) {
      throw new Error(`${call.id} has another outcome in the log: ${logged}`);
    }
  }
}

/** A call that a fault hits fails with the fault's code, and no other call does. */
function checkFaults({ id, subject, era, abort, timeoutMs }: Call, entry: CallRecord): void {
  const hits = subject.server.faults.thatHit(entry).map(({ options }) => options);
  const code = hits.find((fault) => fault.code !== undefined)?.code;
  const wire = hits.find((fault) => fault.wire !== undefined)?.wire;
  const isInjected = entry.error?.rawMessage === "injected fault";
  if (isInjected !== (code !== undefined)) {
    const mayEndBefore = era !== subject.eras || abort.signal.aborted || timeoutMs !== undefined;
    if (isInjected || !mayEndBefore) throw new Error(`${id} is hit by ${code}: ${entry.error?.message}`);
  }
  if (isInjected && code !== undefined && entry.error?.code !== codes[code])
    throw new Error(`${id} fails with ${entry.error?.message} and not with ${code}`);
  if (entry.wire !== undefined && entry.wire !== wire)
    throw new Error(`${id} has the wire fault ${entry.wire}`);
}
