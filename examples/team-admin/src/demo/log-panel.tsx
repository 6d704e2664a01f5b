import { useSyncExternalStore } from "react";
import type { CallLog } from "./call-log.ts";
import { LogLine } from "./log-entry.tsx";

/** The calls of the client, newest first. */
export function LogPanel({ log }: { log: CallLog }) {
  const entries = useSyncExternalStore(log.subscribe, log.entries);
  return (
    <section className="dock-log" aria-labelledby="log-title">
      <div className="dock-head">
        <h2 id="log-title" className="dock-title">
          Calls
        </h2>
        <button type="button" className="dock-button" onClick={log.clear}>
          Clear
        </button>
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached with the keyboard. */}
      <div className="log" role="log" aria-label="Calls, newest first" tabIndex={0}>
        {entries.length === 0 && <p className="log-empty">No calls yet.</p>}
        <ol>
          {entries.map((entry) => (
            <LogLine key={entry.id} entry={entry} />
          ))}
        </ol>
      </div>
    </section>
  );
}
