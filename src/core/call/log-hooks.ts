import { firstSet } from "../env.js";
import type { CallInfo } from "./call.js";
import type { Hooks } from "./hooks.js";

/** From the least to the most. */
export const levels = ["error", "warn", "info", "debug"] as const;
type Level = (typeof levels)[number];

/** How much a client logs. Each level includes those before it: "off", "error", "warn", "info", "debug". */
export type LogLevel = "off" | Level;

/** What a client logs to. The platform's `console` is one. */
export type Logger = {
  /** Logs a text. `facts` has the same as an object, for logs that a program reads. */
  readonly [level in Level]: (text: string, facts: LogFacts) => void;
};

/** What a line of the log is about. No message, header or token is among it. */
export interface LogFacts {
  /** The RPC, such as `mgmt.v1alpha1.UserAccountService/GetUser`. */
  readonly method: string;
  /** How many requests were sent so far. */
  readonly attempts: number;
  /** How long the call took, in milliseconds; for an attempt, the attempt; for a retry, the wait before the next attempt. */
  readonly durationMs: number;
  /** Connect's code of the failure. Left out if there was none. */
  readonly code?: string;
  /** The server's id of the request, if it sent one. */
  readonly requestId?: string;
}

/**
 * Hooks that log calls. Undefined if nothing is to be logged.
 *
 * @param logger - default: the console, at the level in the environment variable `TENANTRY_LOG`, if it has one.
 */
export function logHooks(logger: Logger | undefined, logLevel: LogLevel = "info"): Hooks | undefined {
  const wanted = logger ? logLevel : firstSet(["TENANTRY_LOG"])?.value;
  const known: readonly (string | undefined)[] = levels;
  const most = known.indexOf(wanted);
  if (most < 0) return undefined;
  const to = logger ?? console;

  function log(level: Level, call: CallInfo, text: string, facts: Omit<LogFacts, "method">): void {
    if (levels.indexOf(level) > most) return;
    const method = `${call.service}/${call.method}`;
    const id = facts.requestId === undefined ? "" : `, request id ${facts.requestId}`;
    to[level](`tenantry: ${method}: ${text}${id}`, { method, ...facts });
  }

  return {
    ...(most === levels.indexOf("debug") && {
      onResponse({ call, number, durationMs = 0, code, requestId }) {
        log("debug", call, `attempt ${number}: ${code ?? "ok"} after ${inMs(durationMs)}`, {
          attempts: number,
          durationMs,
          ...(code !== undefined && { code }),
          ...(requestId !== undefined && { requestId }),
        });
      },
    }),
    onRetry({ call, attempts, delayMs, error }) {
      log("warn", call, `${error.name}, trying again in ${inMs(delayMs)}`, {
        attempts,
        durationMs: delayMs,
        code: error.code,
      });
    },
    onCallEnd({ call, attempts, durationMs, error, requestId }) {
      const times = attempts === 1 ? "1 attempt" : `${attempts} attempts`;
      log(error ? "error" : "info", call, `${error?.name ?? "ok"} after ${times}, ${inMs(durationMs)}`, {
        attempts,
        durationMs,
        ...(error && { code: error.code }),
        ...(requestId !== undefined && { requestId }),
      });
    },
  };
}

function inMs(duration: number): string {
  return `${Math.round(duration)} ms`;
}
