/**
 * How much memory and time a long list costs: one million items over 10,000
 * pages, once from a page source that costs nothing, once through every layer
 * of a client (in process, no network).
 *
 *     npx tsx --expose-gc bench/one-million-items.ts
 *
 * The heap is measured while the list is under way, when it holds whatever it
 * holds. The time is the processor's, which a busy machine does not stretch.
 */
import { List, type ListOptions } from "../src/core/list.js";
import { pagedApi } from "../test/paged-api.js";

const pages = 10_000;
const pageSize = 100;
const mostGrowthMb = 20;

const page = Array.from({ length: pageSize }, (_, index) => index);
const answer = (token: string) => {
  const next = Number(token) + 1;
  return { items: page, nextToken: next < pages ? String(next) : "" };
};

const bare = (options: ListOptions) =>
  new List(async ({ token }) => {
    const { items, nextToken } = answer(token);
    return { items: [...items], nextToken };
  }, options);

/** The live heap in bytes. */
function heap(): number {
  if (!globalThis.gc) throw new Error("run with --expose-gc");
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}

async function measure(name: string, list: List<number>): Promise<boolean> {
  for await (const _ of list.pages()) break;
  const start = heap();
  let peak = start;
  let cpu = 0;
  let items = 0;
  let began = process.cpuUsage();
  for await (const _ of list) {
    items += 1;
    if (items % 100_000 !== 0) continue;
    const { user, system } = process.cpuUsage(began);
    cpu += user + system;
    peak = Math.max(peak, heap());
    began = process.cpuUsage();
  }
  const growthMb = (peak - start) / 2 ** 20;
  const perItem = (cpu * 1000) / items;
  console.log(
    `${name.padEnd(28)} ${items} items  heap +${growthMb.toFixed(2)} MB  ${perItem.toFixed(0)} ns an item`,
  );
  return items === pages * pageSize && growthMb < mostGrowthMb;
}

const { signal } = new AbortController();
const within = [
  await measure("the list alone", bare({})),
  await measure("the list alone, prefetch", bare({ prefetch: true, signal })),
  await measure("through a client", pagedApi(answer).list({})),
  await measure("through a client, prefetch", pagedApi(answer).list({ prefetch: true, signal })),
];
if (within.includes(false)) {
  console.error(`the heap must grow by less than ${mostGrowthMb} MB, and every item come out`);
  process.exitCode = 1;
}
