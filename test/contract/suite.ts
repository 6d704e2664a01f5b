import { describe } from "vitest";
import { calls } from "./calls.js";
import { errors } from "./errors.js";
import { everyMethod } from "./every-method/index.js";
import { health } from "./health.js";
import { waits } from "./waits.js";
import { wireFaults } from "./wire-faults.js";
import type { TestedTransport } from "./world.js";

/** Tests everything that can differ between transports. `test/rules` tests the servers' rules. */
export function contract(tested: TestedTransport): void {
  describe(`through ${tested.name}`, () => {
    for (const suite of [everyMethod, calls, errors, waits, wireFaults]) suite(tested);
    if (tested.apisOnly !== true) health(tested);
  });
}
