import { OnaClient } from "../src/index.js";
import { toCost } from "./harness.js";
import type { Bench } from "./support/bench.js";
import { heapBytes } from "./support/heap.js";
import { pagedFetch } from "./support/paged-fetch.js";

const pages = 10_000;
const pageSize = 100;
const rounds = 3;

const fresh = "10,000 strings, freshly built";
const held = "tenantry: 10,000 ids, one of each page";

/** The memory of a program that keeps one id of each page. */
export const bench: Bench = {
  name: "held-ids",
  title: "Memory of ids that are kept",
  about:
    "A program reads a list of 10,000 pages with 100 items each, and keeps one id of each page. The ids do not keep the pages " +
    "alive: they take as much memory as the same strings on their own. The heap is measured after a full collection.",
  async run() {
    const client = new OnaClient({ baseUrl: "http://127.0.0.1:1", fetch: pagedFetch({ pages, pageSize }) });
    const read = () => readIds(client);
    // Not measured: the first time, the heap also grows by compiled code.
    const wanted = await read();
    const samples: { fresh: number[]; held: number[] } = { fresh: [], held: [] };
    for (let round = 0; round < rounds; round++) {
      samples.held.push(await growthKb(read, wanted));
      samples.fresh.push(await growthKb(async () => wanted.map(rebuilt), wanted));
    }
    return [
      {
        title: "heap",
        unit: "kB",
        costs: [toCost(fresh, samples.fresh), toCost(held, samples.held)],
        goals: [{ of: held, over: fresh, atMost: 1.2 }],
      },
    ];
  },
};

async function readIds(client: OnaClient): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of client.accounts.listJoinableOrganizations().pages()) {
    // A different item of each page.
    const item = page.items[ids.length % pageSize];
    if (item) ids.push(item.organizationId);
  }
  return ids;
}

/** An equal string that shares nothing with the given one: its characters are joined into a new, flat string. */
function rebuilt(text: string): string {
  return String.fromCharCode(...Array.from(text, (char) => char.charCodeAt(0)));
}

/** How much the heap grows by the result of `make`, in kB. */
async function growthKb(make: () => Promise<string[]>, wanted: readonly string[]): Promise<number> {
  const before = await heapBytes();
  const made = await make();
  const growth = (await heapBytes()) - before;
  // This also keeps the strings alive until here.
  if (made.length !== pages || made.some((id, index) => id !== wanted[index]))
    throw new Error("the ids are not the expected ones");
  return growth / 1000;
}
