import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useTeam } from "../app/team.tsx";
import type { Backend } from "./backend.ts";
import { events, type Scenario, type SetBack, type Stage, states } from "./scenarios.ts";

/** Buttons and switches for failures and outside events. */
export function ScenarioPanel({ backend }: { backend: Backend }) {
  const queryClient = useQueryClient();
  const { team, choose } = useTeam();
  // The switches that are on, each with the function that undoes it. It is a promise, because a switch is shown as on before it has finished
  // to start.
  const [active, setActive] = useState<ReadonlyMap<Scenario, Promise<SetBack>>>(new Map());
  const [hinted, setHinted] = useState<Scenario>();

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
    <section className="dock-scenarios" aria-labelledby="scenarios-title">
      <h2 id="scenarios-title" className="dock-title">
        Make something go wrong
      </h2>
      <ul>
        {events.map((scenario) => (
          <li key={scenario.label}>
            <ScenarioButton
              scenario={scenario}
              onHint={setHinted}
              onClick={() => void scenario.start(stage)}
            />
          </li>
        ))}
        {states.map((scenario) => (
          <li key={scenario.label}>
            <ScenarioButton
              scenario={scenario}
              isOn={active.has(scenario)}
              onHint={setHinted}
              onClick={() => void toggle(scenario)}
            />
          </li>
        ))}
      </ul>
      {/* Each button has its own hint as its description. */}
      <p className="demo-hint" aria-hidden="true">
        {hinted?.hint ?? "A mock server in a Service Worker is the backend. Reload the page to start again."}
      </p>
    </section>
  );
}

/** A switch if `isOn` is given, otherwise a button. */
function ScenarioButton({
  scenario,
  isOn,
  onHint,
  onClick,
}: {
  scenario: Scenario;
  isOn?: boolean;
  onHint: (scenario: Scenario) => void;
  onClick: () => void;
}) {
  const { label, hint } = scenario;
  const show = () => onHint(scenario);
  return (
    <button
      type="button"
      className="demo-scenario"
      {...(isOn !== undefined && { role: "switch", "aria-checked": isOn })}
      aria-description={hint}
      onFocus={show}
      onPointerEnter={show}
      onClick={() => {
        show();
        onClick();
      }}
    >
      {label}
    </button>
  );
}
