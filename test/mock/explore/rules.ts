import { createMockServer } from "tenantry/mock";
import type { Subject } from "./subject.js";

/** Checks all that is true of a server whenever nothing happens. Throws an error if it is not. */
export function checkAll(subject: Subject): void {
  const { isTouched } = subject;
  checkUntouched(subject);
  if (!isTouched) return;
  checkLog(subject);
  checkFaults(subject);
  checkTimers(subject);
}

/** A server to which nothing was done stays as it is. */
function checkUntouched(subject: Subject): void {
  const { visible, open, seen, name, server } = subject;
  if (!subject.isTouched && visible !== seen)
    throw new Error(`${name} changes:\n${seen}\nbecomes\n${visible}`);
  subject.seen = visible;
  subject.isTouched = open > 0 || server.clock.isRunning;
}

/** The log has each call once, in the order in which they began. */
function checkLog({ server: { calls }, log, name }: Subject): void {
  const kept = calls.kept();
  if (kept.length !== log.length || kept.some((entry, index) => entry !== log[index]))
    throw new Error(`${name} has ${kept.length} calls in its log, and not the ${log.length} that began`);
  if (calls.count !== log.length) throw new Error(`${name} counts ${calls.count} of ${log.length} calls`);
  const requestIds = log.map(({ requestId }) => requestId).filter((id) => id !== undefined);
  if (new Set(requestIds).size !== requestIds.length) throw new Error(`${name} has a request id twice`);
}

/** No two rows of a server have the same id, in whichever tables they are. */
export function checkIds({ server, name }: Subject): void {
  const tables = new Map<string, string>();
  for (const [api, rowsOf] of Object.entries(server.snapshot().apis)) {
    for (const [table, rows] of Object.entries(rowsOf)) {
      for (const { id } of rows) {
        const other = tables.get(id);
        if (other !== undefined) throw new Error(`${name} has ${id} in ${other} and in ${api}.${table}`);
        tables.set(id, `${api}.${table}`);
      }
    }
  }
}

/** A fault hits the calls that it counts, and no more than it may. */
function checkFaults({ server, faults, begun, name }: Subject): void {
  const hits = begun.flatMap((call) => server.faults.thatHit(call));
  for (const fault of faults) {
    const { times = Number.POSITIVE_INFINITY } = fault.options;
    const count = hits.filter((hit) => hit === fault).length;
    if (count !== fault.hits) throw new Error(`a fault of ${name} counts ${fault.hits} of ${count} calls`);
    if (count > times) throw new Error(`a fault of ${name} hits ${count} calls`);
  }
}

/** A timer has fired exactly if its time has come. */
function checkTimers({ server: { clock }, timers, name }: Subject): void {
  const late = timers.find(({ state, at }) => state === "waits" && at <= clock.now());
  if (late !== undefined) throw new Error(`a timer of ${name} has not fired at ${late.at}`);
}

const copies = { strict: createMockServer({ strict: true }), other: createMockServer() };

/** Another server accepts the state, and is then equal. A strict server's state keeps the invariants. */
export function checkSnapshot({ server, text, name, isStrict }: Subject): void {
  const copy = isStrict ? copies.strict : copies.other;
  copies.strict.reset();
  copy.restore(server.snapshot());
  if (JSON.stringify(copy.snapshot()) !== text)
    throw new Error(`${name} has a snapshot that differs from its state`);
}
