import { useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useTeam } from "../app/team.tsx";
import { useNotices } from "../ui/notices.tsx";
import type { Backend } from "./backend.ts";
import { type Scenario, type Stage, scenarios } from "./scenarios.ts";

/** What happens once, and what lasts until it is switched off. */
const events = scenarios.filter(({ off }) => off === undefined);
const states = scenarios.filter(({ off }) => off !== undefined);

/** Not a part of the app: what goes wrong elsewhere, at the press of a button. */
export function DemoPanel({ backend }: { backend: Backend }) {
  const queryClient = useQueryClient();
  const { team, choose } = useTeam();
  const { notify } = useNotices();
  const [active, setActive] = useState<readonly Scenario[]>([]);

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

  function play(scenario: Scenario): void {
    const isOn = active.includes(scenario);
    if (scenario.off === undefined) {
      void scenario.on(stage);
      return;
    }
    setActive(isOn ? active.filter((other) => other !== scenario) : [...active, scenario]);
    void (isOn ? scenario.off(stage) : scenario.on(stage));
  }

  return (
    <details className="demo">
      <summary>
        <span className="demo-badge">Demo</span> Make something go wrong
        {active.length > 0 && <span className="demo-active">{active.length} on</span>}
      </summary>
      <div className="demo-body">
        <p>
          This page has no backend: a mock server answers it in a Service Worker. Here you decide what happens
          to it. A reload sets all back.
        </p>
        {[events, states].map((group) => (
          <ul key={group[0]?.label}>
            {group.map((scenario) => (
              <li key={scenario.label}>
                <button
                  type="button"
                  className="demo-scenario"
                  {...(scenario.off && { role: "switch", "aria-checked": active.includes(scenario) })}
                  onClick={() => play(scenario)}
                >
                  <span className="demo-label">{scenario.label}</span>
                  <span className="demo-hint">{scenario.hint}</span>
                </button>
              </li>
            ))}
          </ul>
        ))}
      </div>
    </details>
  );
}
