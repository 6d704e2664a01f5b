/** Runs the bench whose name it is given, and sends its tables to the parent. */
import type { Bench } from "./bench.js";

const { bench }: { bench: Bench } = await import(new URL(`../${process.argv[2]}.js`, import.meta.url).href);
const { name, title, about } = bench;
process.send?.({ name, title, about, tables: await bench.run() }, () => process.exit());
