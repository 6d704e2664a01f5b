/** Runs the bench with the given name, and sends its tables to the parent. */
import type { Bench } from "./bench.js";

const { bench }: { bench: Bench } = await import(new URL(`../${process.argv[2]}.js`, import.meta.url).href);
const { run, ...about } = bench;
process.send?.({ ...about, tables: await run() }, () => process.exit());
