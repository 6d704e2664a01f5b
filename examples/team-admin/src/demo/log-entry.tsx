import type { CallEntry, CallPart, LogEntry } from "./call-log.ts";

/** A line of the call log. */
export function LogLine({ entry }: { entry: LogEntry }) {
  switch (entry.kind) {
    case "call":
      return <Call call={entry} />;
    case "cached":
      return (
        <li className="log-entry log-note">
          <code className="log-method">{entry.query}</code>
          <span className="log-outcome">from cache, no request</span>
        </li>
      );
    case "renewed":
      return (
        <li className="log-entry log-note log-renewed">
          <strong>Token renewed</strong>
          <span className="log-outcome">once for all calls</span>
        </li>
      );
  }
}

function Call({ call: { method, parts, durationMs, code } }: { call: CallEntry }) {
  const outcome = code ?? (durationMs === undefined ? "running" : "ok");
  const attempts = parts.filter(({ kind }) => kind === "attempt").length;
  const isSingle = parts.length <= 1;
  return (
    <li className={isSingle ? "log-entry log-single" : "log-entry"} data-state={stateOf(durationMs, code)}>
      <div className="log-head">
        <code className="log-method">{method}</code>
        <span className="log-outcome">
          <strong>{outcome}</strong>
          {!isSingle && durationMs !== undefined && ` ${ms(durationMs)}`}
        </span>
      </div>
      <ol className="log-bar" aria-label={count(attempts, "attempt")}>
        {parts.map((part, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: parts are only added at the end.
          <Part key={place} part={part} isSingle={isSingle} />
        ))}
      </ol>
      {!isSingle && <p className="log-words">{inWords(parts)}</p>}
    </li>
  );
}

/**
 * A part of a call. Its width shows how long it took, and is enough for its text. If there are several parts, they show
 * no unit, because the head shows it.
 */
function Part({ part, isSingle }: { part: CallPart; isSingle: boolean }) {
  const style = { flexBasis: `${Math.round(4 * Math.sqrt(part.durationMs ?? 0))}px` };
  if (part.kind === "wait") {
    return (
      <li className="log-part log-wait" style={style}>
        <span className="visually-hidden">{waitText(part.reason)} </span>
        {number(part.durationMs)}
        <span className="visually-hidden"> ms</span>
      </li>
    );
  }
  const { durationMs, code } = part;
  const state = stateOf(durationMs, code);
  return (
    <li className="log-part log-attempt" data-state={state} style={style}>
      <span className="visually-hidden">{code ?? state} </span>
      <span aria-hidden="true">{signs[state]}</span> {durationMs === undefined ? "…" : number(durationMs)}
      <span className={isSingle ? undefined : "visually-hidden"}> ms</span>
    </li>
  );
}

const signs = { running: "", ok: "✓", failed: "✕", canceled: "–" } as const;

/** A query that is no longer used, or that starts anew, cancels its call. That is not a failure. */
function stateOf(durationMs: number | undefined, code: string | undefined): keyof typeof signs {
  if (durationMs === undefined) return "running";
  if (code === undefined) return "ok";
  return code === "canceled" ? "canceled" : "failed";
}

function waitText(reason: "retry" | "token"): string {
  return reason === "retry" ? "wait" : "wait for the token";
}

/** `3 attempts, 2 waits: unavailable 2 times, ok`. */
function inWords(parts: readonly CallPart[]): string {
  const attempts = parts.filter(({ kind }) => kind === "attempt").length;
  const waits = parts.filter((part) => part.kind === "wait" && part.reason === "retry").length;
  const outcomes: { text: string; times: number }[] = [];
  for (const part of parts) {
    const text = outcomeOf(part);
    const last = outcomes.at(-1);
    if (text !== undefined && text === last?.text) last.times += 1;
    else if (text !== undefined) outcomes.push({ text, times: 1 });
  }
  const counts = [count(attempts, "attempt"), ...(waits > 0 ? [count(waits, "wait")] : [])];
  const texts = outcomes.map(({ text, times }) => (times === 1 ? text : `${text} ${times} times`));
  return `${counts.join(", ")}: ${texts.join(", ")}`;
}

function outcomeOf(part: CallPart): string | undefined {
  if (part.kind === "wait") return part.reason === "token" ? "new token" : undefined;
  return part.code ?? (part.durationMs === undefined ? "running" : "ok");
}

function count(value: number, word: string): string {
  return `${value} ${value === 1 ? word : `${word}s`}`;
}

function ms(duration: number): string {
  return `${number(duration)} ms`;
}

function number(value: number): string {
  return Math.round(value).toLocaleString("en");
}
