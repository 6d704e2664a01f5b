import { variable } from "../env.js";
import type { ApiError } from "../errors/api-error.js";
import type { ErrorCode } from "../errors/error-code.js";
import type { CallInfo } from "./call.js";
import type { Hooks } from "./hooks.js";

/** The log levels, from the fewest lines to the most. */
export const levels = ["error", "warn", "info", "debug"] as const;
type Level = (typeof levels)[number];

/**
 * The amount that a client logs: "off", "error", "warn", "info" or "debug". Each level includes the levels before it.
 */
export type LogLevel = "off" | Level;

/** A logger for a client. The platform's `console` is one. */
export interface Logger {
  /**
   * Logs a call that failed, unless its caller canceled it. `facts` is the content of the text as an object, for
   * programs that read the log.
   */
  readonly error: (text: string, facts: LogFacts) => void;
  /** Logs a retry, before its wait. `facts` is the content of the text. */
  readonly warn: (text: string, facts: LogFacts) => void;
  /** Logs a call that succeeded, or that its caller canceled. `facts` is the content of the text. */
  readonly info: (text: string, facts: LogFacts) => void;
  /** Logs an attempt of a call when it has ended. `facts` is the content of the text. */
  readonly debug: (text: string, facts: LogFacts) => void;
}

/** The content of a line of the log. It contains no message, header or token. */
export interface LogFacts {
  /** The RPC, such as `mgmt.v1alpha1.UserAccountService/GetUser`. */
  readonly method: string;
  /** The number of requests that were sent so far. */
  readonly attempts: number;
  /** A time in milliseconds: of the call, of the attempt, or, for a retry, of the wait before the next attempt. */
  readonly durationMs: number;
  /** Connect's code of the failure. Left out if there was none. */
  readonly code?: ErrorCode;
  /** The server's id of the request, if it sent one. */
  readonly requestId?: string;
}

/** The argument of a hook: an attempt, a retry or the end of a call. Each has some of these fields. */
interface LoggedEvent {
  readonly call: CallInfo;
  readonly number?: number;
  readonly attempts?: number;
  readonly delayMs?: number;
  readonly durationMs?: number | undefined;
  readonly error?: ApiError | undefined;
  readonly code?: ErrorCode | undefined;
  readonly requestId?: string | undefined;
}

/**
 * Returns hooks that log calls. Returns undefined if nothing is to be logged.
 *
 * @param logger - default: the console, if the environment variable `TENANTRY_LOG` contains a level.
 */
export function logHooks(logger: Logger | undefined, logLevel: LogLevel = "info"): Hooks | undefined {
  const maxLevel = logger ? logLevel : variable("TENANTRY_LOG");
  const names: readonly (string | undefined)[] = levels;
  const highest = names.indexOf(maxLevel);
  if (highest < 0) return undefined;
  const to = logger ?? console;

  /** Returns the logger's result, and so do the hooks: a logger may be async, and its rejection must be ignored. */
  function log(level: Level, text: string, event: LoggedEvent): unknown {
    if (levels.indexOf(level) > highest) return;
    const { call, number = 0, attempts = number, delayMs = 0, durationMs = delayMs, error } = event;
    const { code = error?.code, requestId = error?.requestId } = event;
    const method = `${call.service}/${call.method}`;
    // An id in an error's details may have line breaks, which would look like further lines of the log.
    const id = requestId === undefined ? "" : `, request id ${requestId.replace(/\p{Cc}/gu, "")}`;
    return to[level](`tenantry: ${method}: ${text} ${Math.round(durationMs)} ms${id}`, {
      method,
      attempts,
      durationMs,
      ...(code && { code }),
      ...(requestId !== undefined && { requestId }),
    });
  }

  return {
    // Left out if it is not needed: with an `onResponse`, the client measures every request.
    ...(highest === levels.indexOf("debug") && {
      onResponse: (attempt) =>
        log("debug", `attempt ${attempt.number}: ${attempt.code ?? "ok"} after`, attempt),
    }),
    onRetry: (retry) => log("warn", `${retry.error.name}, trying again in`, retry),
    onCallEnd: (end) =>
      log(
        // A caller that cancels its call, such as a page that is left, has not failed.
        end.error && end.error.code !== "canceled" ? "error" : "info",
        `${end.error?.name ?? "ok"} after ${end.attempts} attempt${end.attempts === 1 ? "" : "s"},`,
        end,
      ),
  };
}
