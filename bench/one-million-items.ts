import { List, type ListOptions } from "../src/core/lists/list.js";
import { OnaClient } from "../src/index.js";
import { cpuMicroseconds, toCost } from "./harness.js";
import type { Bench } from "./support/bench.js";
import { heapBytes } from "./support/heap.js";
import { pagedFetch } from "./support/paged-fetch.js";

const pages = 10_000;
const pageSize = 100;
const mostGrowthMb = 20;

const items = Array.from({ length: pageSize }, (_, index) => ({ organizationMemberCount: index }));
const nextToken = (token: string) => (Number(token) + 1 < pages ? String(Number(token) + 1) : "");
const client = new OnaClient({ baseUrl: "http://127.0.0.1:1", fetch: pagedFetch({ pages, pageSize }) });

const alone = (options: ListOptions) =>
  new List(async ({ token }) => ({ items: [...items], nextToken: nextToken(token) }), options);

/** A list that is much longer than what the memory should hold. */
export const bench: Bench = {
  name: "one-million-items",
  title: "One million items",
  about:
    "A million items over 10,000 pages: once from pages that cost nothing, once through a client over a fetch that responds from " +
    "memory (its part of the cost is included). The lists are read one after the other. After each 100,000 items, the heap " +
    "is measured after a full collection.",
  async run() {
    const { signal } = new AbortController();
    const names = [
      "the list alone",
      "the list alone, prefetch",
      "through a client",
      "through a client, prefetch",
    ];
    const measured = [
      await measure(alone({})),
      await measure(alone({ prefetch: true, signal })),
      await measure(client.accounts.listJoinableOrganizations()),
      await measure(client.accounts.listJoinableOrganizations({ prefetch: true, signal })),
    ];
    const costs = (pick: (each: Measured) => readonly number[]) =>
      measured.map((each, index) => toCost(names[index] ?? "", pick(each)));
    return [
      { title: "time for each item", unit: "ns CPU", costs: costs(({ nanoseconds }) => nanoseconds) },
      {
        title: "largest growth of the heap",
        unit: "MB",
        costs: costs(({ growthMb }) => [growthMb]),
        goals: names.map((of) => ({ of, atMost: mostGrowthMb })),
      },
    ];
  },
};

interface Measured {
  /** CPU time for each item. One sample for each 100,000 items. */
  readonly nanoseconds: readonly number[];
  readonly growthMb: number;
}

async function measure(list: List<unknown>): Promise<Measured> {
  for await (const _ of list.pages()) break;
  const start = await heapBytes();
  const nanoseconds: number[] = [];
  let peak = start;
  let count = 0;
  let began = cpuMicroseconds();
  for await (const _ of list) {
    count += 1;
    if (count % 100_000 !== 0) continue;
    nanoseconds.push((cpuMicroseconds() - began) / 100);
    peak = Math.max(peak, await heapBytes());
    began = cpuMicroseconds();
  }
  if (count !== pages * pageSize) throw new Error(`expected ${pages * pageSize} items, got ${count}`);
  return { nanoseconds, growthMb: (peak - start) / 2 ** 20 };
}
