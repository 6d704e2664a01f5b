import type { CallInfo, Hooks } from "tenantry";

/** A request of a call, or the wait before the next one. */
export type CallPart =
  | {
      readonly kind: "attempt";
      /** Undefined while it runs. */
      readonly durationMs: number | undefined;
      /** Connect's code of the failure. Undefined if it succeeded. */
      readonly code: string | undefined;
    }
  | {
      readonly kind: "wait";
      readonly durationMs: number;
      /** The reason for the wait: the retry delay, or a new token. */
      readonly reason: "retry" | "token";
    };

/** A call of the client, with its requests and waits. */
export interface CallEntry {
  readonly kind: "call";
  readonly id: number;
  readonly method: string;
  readonly parts: readonly CallPart[];
  /** Undefined while it runs. */
  readonly durationMs: number | undefined;
  /** Connect's code of the error that the caller got. Undefined if there was none. */
  readonly code: string | undefined;
}

/** A query that was shown without a call. */
export interface CachedEntry {
  readonly kind: "cached";
  readonly id: number;
  /** The query's name, such as `members.list`. */
  readonly query: string;
}

/** An entry for a new token of the session. */
export interface RenewedEntry {
  readonly kind: "renewed";
  readonly id: number;
}

/** A line of the log. */
export type LogEntry = CallEntry | CachedEntry | RenewedEntry;

/** The log of calls, newest first. */
export interface CallLog {
  /** For the client's `hooks`. */
  readonly hooks: Hooks;
  /** Called when the session's token was renewed. */
  readonly tokenRenewed: () => void;
  /** Called when a query is shown from the cache. */
  readonly shownFromCache: (query: string) => void;
  readonly clear: () => void;
  /** The entries. The same array until something changes. */
  readonly entries: () => readonly LogEntry[];
  /** Calls the listener after each change. Returns a function that stops this. */
  readonly subscribe: (listener: () => void) => () => void;
}

const limit = 100;

/** Creates a log that keeps its last 100 entries. */
export function createCallLog(): CallLog {
  const listeners = new Set<() => void>();
  // All events of a call have the same object.
  const ids = new WeakMap<CallInfo, number>();
  const endedAt = new WeakMap<CallInfo, number>();
  let entries: readonly LogEntry[] = [];
  let lastId = 0;

  function set(next: readonly LogEntry[]): void {
    entries = next.slice(0, limit);
    for (const listener of listeners) listener();
  }

  function nextId(): number {
    lastId += 1;
    return lastId;
  }

  /** A call that was dropped from the log is not added again. */
  function edit(call: CallInfo, change: (entry: CallEntry) => Partial<CallEntry>): void {
    const id = ids.get(call);
    set(
      entries.map((entry) =>
        entry.id === id && entry.kind === "call" ? { ...entry, ...change(entry) } : entry,
      ),
    );
  }

  return {
    hooks: {
      onCallStart(call) {
        const id = nextId();
        ids.set(call, id);
        const { method } = call;
        set([{ kind: "call", id, method, parts: [], durationMs: undefined, code: undefined }, ...entries]);
      },
      onRequest({ call }) {
        const freeAt = endedAt.get(call);
        edit(call, ({ parts }) => {
          const next: CallPart = { kind: "attempt", durationMs: undefined, code: undefined };
          // There was no retry delay between two attempts: the call got a new token.
          if (parts.at(-1)?.kind !== "attempt" || freeAt === undefined) return { parts: [...parts, next] };
          const durationMs = performance.now() - freeAt;
          return { parts: [...parts, { kind: "wait", durationMs, reason: "token" }, next] };
        });
      },
      onResponse({ call, durationMs, code }) {
        endedAt.set(call, performance.now());
        edit(call, ({ parts }) => ({
          parts: [...parts.slice(0, -1), { kind: "attempt", durationMs, code }],
        }));
      },
      onRetry({ call, delayMs }) {
        edit(call, ({ parts }) => ({
          parts: [...parts, { kind: "wait", durationMs: delayMs, reason: "retry" }],
        }));
      },
      onCallEnd({ call, durationMs, error }) {
        edit(call, () => ({ durationMs, code: error?.code }));
      },
    },
    tokenRenewed: () => set([{ kind: "renewed", id: nextId() }, ...entries]),
    shownFromCache: (query) => set([{ kind: "cached", id: nextId(), query }, ...entries]),
    clear: () => set([]),
    entries: () => entries,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
