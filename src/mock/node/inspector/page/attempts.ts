import type { CallJson } from "../../../../../gen/tenantry/mock/v1/admin_pb.js";
import { secondsOf, timeOf } from "./format.js";

/** A call with all its attempts, oldest first. */
export type Attempts = readonly [CallJson, ...CallJson[]];

/** The codes after which clients send a call again. */
const retried = new Set(["unavailable", "resource_exhausted", "deadline_exceeded", "aborted", "canceled"]);

/** How long a client may wait between two attempts, on the server's clock. */
const longestWaitMs = 60_000;

/**
 * Groups attempts by call, in the order of the first attempts. The log does not show which attempts belong together. An attempt counts as
 * the next attempt of a call under these conditions:
 *
 * - The previous attempt has the same method, the same request and no other caller.
 * - It failed with a code that clients retry.
 * - It ended at most a minute earlier.
 */
export function groupAttempts(calls: readonly CallJson[]): Attempts[] {
  const groups: [CallJson, ...CallJson[]][] = [];
  const open = new Map<string, [CallJson, ...CallJson[]][]>();
  for (const call of calls) {
    const key = JSON.stringify([call.api, call.method, call.request]);
    const candidates = open.get(key) ?? [];
    const group = candidates.find((each) => isNextOf(each, call));
    if (group === undefined) {
      const made: [CallJson, ...CallJson[]] = [call];
      groups.push(made);
      open.set(key, [...candidates, made]);
    } else {
      group.push(call);
    }
  }
  return groups;
}

function isNextOf(group: Attempts, next: CallJson): boolean {
  const last = outcomeOf(group);
  if (!mayBeRetried(last)) return false;
  const wait = timeOf(next.at) - timeOf(last.at) - secondsOf(last.duration) * 1_000;
  if (wait > longestWaitMs) return false;
  // A fault may hit a call before the server has identified the caller.
  const known = callerOf(group);
  return known === undefined || who(next) === undefined || known === who(next);
}

function mayBeRetried({ code = "", wire }: CallJson): boolean {
  return wire !== undefined || retried.has(code);
}

/** Returns the caller: an email, a user id or a kind of caller. Undefined if the server did not identify the caller. */
export function who({ caller }: CallJson): string | undefined {
  return caller?.email ?? caller?.userId ?? caller?.kind;
}

/** Returns the caller, from the first attempt that has one. */
export function callerOf(attempts: Attempts): string | undefined {
  return attempts.map(who).find((each) => each !== undefined);
}

/** Returns the last attempt, which shows how the call ended. */
export function outcomeOf(attempts: Attempts): CallJson {
  return attempts.at(-1) ?? attempts[0];
}
