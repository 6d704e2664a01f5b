/**
 * Prints the hash of the recorded scenario, or with `--text` the scenario: to compare one platform with another.
 *
 *     npx tsx test/determinism/print-scenario.ts
 */
import { hashOf } from "./readable.js";
import { recordScenario } from "./record-scenario.js";

const text = await recordScenario();
process.stdout.write(process.argv.includes("--text") ? text : `${await hashOf(text)}\n`);
