import { codeOf } from "../../admin/calls.js";
import type { Caller, CallRecord } from "../../engine/calls/calls.js";

/** Returns a call as one line: time, world (if any), API and method, caller, outcome, milliseconds, and the error. */
export function lineOf(call: CallRecord, world: string | undefined): string {
  const { api, method, at, caller, wire, durationMs, error } = call;
  const outcome = wire === undefined ? codeOf(call) : `${codeOf(call)} (${wire})`;
  const name = world === undefined ? "" : `/w/${world} `;
  const parts = [
    new Date(at).toISOString(),
    `${name}${api}.${method}`,
    callerName(caller),
    outcome,
    `${durationMs}ms`,
  ];
  if (error !== undefined) parts.push(error.rawMessage);
  return inOneLine(parts.join(" "));
}

/** Returns a text without control characters: a caller's text must not start a new line or move the cursor. */
export function inOneLine(text: string): string {
  return text.replace(/\p{Cc}+\s*/gu, " ");
}

function callerName(caller: Caller | undefined): string {
  if (caller === undefined) return "-";
  const email: unknown = Reflect.get(caller, "email");
  return typeof email === "string" ? email : (caller.userId ?? caller.kind);
}
