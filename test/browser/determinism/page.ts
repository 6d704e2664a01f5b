import { recordScenario } from "../../determinism/record-scenario.js";

declare global {
  interface Window {
    recordScenario: typeof recordScenario;
  }
}

window.recordScenario = recordScenario;
