import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useNotices } from "../ui/notices.tsx";
import type { Backend } from "./backend.ts";
import type { CallLog } from "./call-log.ts";
import { LogPanel } from "./log-panel.tsx";
import { ScenarioPanel } from "./scenario-panel.tsx";
import { watchCache } from "./watch-cache.ts";

/** A panel beside the app. It makes calls fail, and shows how the client handles this. */
export function Dock({ backend, log }: { backend: Backend; log: CallLog }) {
  const queryClient = useQueryClient();
  const { notify } = useNotices();
  const [isOpen, setOpen] = useState(true);

  useEffect(() => {
    backend.onBilling = (url) =>
      notify({ title: "The demo ends here", detail: `An app would now open ${new URL(url).host}.` });
  }, [backend, notify]);
  useEffect(
    () => watchCache(queryClient.getQueryCache(), log.shownFromCache),
    [queryClient, log.shownFromCache],
  );

  return (
    <aside className="dock" aria-label="Demo" data-folded={!isOpen || undefined}>
      <div className="dock-head dock-top">
        <span className="demo-badge">Demo</span>
        <button
          type="button"
          className="dock-button"
          aria-expanded={isOpen}
          aria-controls="dock-body"
          onClick={() => setOpen(!isOpen)}
        >
          {isOpen ? "Hide" : "Show"}
          <span className="visually-hidden"> the demo</span>
        </button>
      </div>
      <div id="dock-body" className="dock-body" hidden={!isOpen}>
        <ScenarioPanel backend={backend} />
        <LogPanel log={log} />
      </div>
    </aside>
  );
}
