import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTeam } from "../app/team.tsx";
import { useNotices } from "../ui/notices.tsx";
import type { Backend } from "./backend.ts";
import { events, type Scenario, type SetBack, type Stage, states } from "./scenarios.ts";

/** Controls of the demo, not a part of the app: they make failures and outside events happen. */
export function DemoPanel({ backend }: { backend: Backend }) {
  const queryClient = useQueryClient();
  const { team, choose } = useTeam();
  const { notify } = useNotices();
  // The switches that are on, each with what undoes it. A promise, since a switch shows as on before its start is done.
  const [active, setActive] = useState<ReadonlyMap<Scenario, Promise<SetBack>>>(new Map());

  useEffect(() => {
    backend.onBilling = (url) =>
      notify({ title: "Here the demo ends", detail: `An app would now open ${new URL(url).host}.` });
  }, [backend, notify]);

  const stage: Stage = {
    backend,
    accountId: team?.id ?? "",
    choose,
    refresh: ({ discard } = { discard: false }) => {
      void (discard ? queryClient.resetQueries() : queryClient.invalidateQueries());
    },
  };

  async function toggle(scenario: (typeof states)[number]): Promise<void> {
    const started = active.get(scenario);
    const next = new Map(active);
    if (started) {
      next.delete(scenario);
      setActive(next);
      const undo = await started;
      await undo();
    } else {
      next.set(scenario, Promise.resolve(scenario.start(stage)));
      setActive(next);
    }
  }

  return (
    <aside aria-label="Demo">
      <details className="demo">
        <summary>
          <span className="demo-badge">Demo</span> Make something go wrong
          {active.size > 0 && <span className="demo-active">{active.size} on</span>}
        </summary>
        <div className="demo-body">
          <p>
            This page has no backend: a mock server in a Service Worker takes its place. Here you decide what
            happens to it. Reloading the page undoes everything.
          </p>
          <ul>
            {events.map((scenario) => (
              <li key={scenario.label}>
                <button type="button" className="demo-scenario" onClick={() => void scenario.start(stage)}>
                  <ScenarioText scenario={scenario} />
                </button>
              </li>
            ))}
          </ul>
          <ul>
            {states.map((scenario) => (
              <li key={scenario.label}>
                <button
                  type="button"
                  className="demo-scenario"
                  role="switch"
                  aria-checked={active.has(scenario)}
                  onClick={() => void toggle(scenario)}
                >
                  <ScenarioText scenario={scenario} />
                </button>
              </li>
            ))}
          </ul>
        </div>
      </details>
    </aside>
  );
}

function ScenarioText({ scenario: { label, hint } }: { scenario: Scenario }) {
  return (
    <>
      <span className="demo-label">{label}</span>
      <span className="demo-hint">{hint}</span>
    </>
  );
}
