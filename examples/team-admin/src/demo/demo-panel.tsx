import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTeam } from "../app/team.tsx";
import { useNotices } from "../ui/notices.tsx";
import type { Backend } from "./backend.ts";
import { events, type Scenario, type SetBack, type Stage, states } from "./scenarios.ts";

/** Not a part of the app: what goes wrong elsewhere, at the press of a button. */
export function DemoPanel({ backend }: { backend: Backend }) {
  const queryClient = useQueryClient();
  const { team, choose } = useTeam();
  const { notify } = useNotices();
  // The scenarios that are on, and how each is set back.
  const [active, setActive] = useState<ReadonlyMap<Scenario, Promise<SetBack>>>(new Map());

  useEffect(() => {
    backend.onBilling = (url) =>
      notify({ title: "Here the demo ends", detail: `An app would now open ${new URL(url).host}.` });
  }, [backend, notify]);

  const stage: Stage = {
    backend,
    accountId: team?.id ?? "",
    choose,
    refresh: ({ anew } = { anew: false }) =>
      void (anew ? queryClient.resetQueries() : queryClient.invalidateQueries()),
  };

  async function flip(scenario: (typeof states)[number]): Promise<void> {
    const setBack = active.get(scenario);
    const next = new Map(active);
    if (setBack) next.delete(scenario);
    else next.set(scenario, Promise.resolve(scenario.start(stage)));
    setActive(next);
    await (await setBack)?.();
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
            happens to it. A reload sets all back.
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
                  onClick={() => void flip(scenario)}
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
