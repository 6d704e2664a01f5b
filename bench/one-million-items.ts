import { createRouterTransport } from "@connectrpc/connect";
import { AccountService } from "../gen/gitpod/v1/account_pb.js";
import { List, type ListOptions } from "../src/core/list.js";
import { OnaClient } from "../src/index.js";
import { toCost } from "./harness.js";
import type { Bench } from "./support/bench.js";

const pages = 10_000;
const pageSize = 100;
const mostGrowthMb = 20;

const items = Array.from({ length: pageSize }, (_, index) => ({ organizationMemberCount: index }));
const nextToken = (token: string) => (Number(token) + 1 < pages ? String(Number(token) + 1) : "");

const transport = createRouterTransport(({ rpc }) =>
  rpc(AccountService.method.listJoinableOrganizations, ({ pagination }) => ({
    joinableOrganizations: items,
    pagination: { nextToken: nextToken(pagination?.token ?? "") },
  })),
);
const client = new OnaClient({ transport });

const alone = (options: ListOptions) =>
  new List(async ({ token }) => ({ items: [...items], nextToken: nextToken(token) }), options);

/** A list that is far longer than the memory should notice. */
export const bench: Bench = {
  name: "one-million-items",
  title: "One million items",
  about:
    "A million items over 10,000 pages, once from a page source that costs nothing, once through every layer of a client " +
    "(in process, client and server together). The heap is measured while the list is under way, when it holds whatever it holds.",
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
      { title: "time an item", unit: "ns CPU", costs: costs(({ nanoseconds }) => nanoseconds) },
      {
        title: "growth of the heap, at its highest",
        unit: "MB",
        costs: costs(({ growthMb }) => [growthMb]),
        goals: names.map((of) => ({ of, atMost: mostGrowthMb })),
      },
    ];
  },
};

interface Measured {
  /** CPU time an item, for each 100,000. */
  readonly nanoseconds: readonly number[];
  readonly growthMb: number;
}

async function measure(list: List<unknown>): Promise<Measured> {
  for await (const _ of list.pages()) break;
  const start = heap();
  const nanoseconds: number[] = [];
  let peak = start;
  let count = 0;
  let began = process.cpuUsage();
  for await (const _ of list) {
    count += 1;
    if (count % 100_000 !== 0) continue;
    const { user, system } = process.cpuUsage(began);
    nanoseconds.push((user + system) / 100);
    peak = Math.max(peak, heap());
    began = process.cpuUsage();
  }
  if (count !== pages * pageSize) throw new Error(`${count} items came out`);
  return { nanoseconds, growthMb: (peak - start) / 2 ** 20 };
}

/** The live heap in bytes. */
function heap(): number {
  if (!globalThis.gc) throw new Error("run with --expose-gc");
  globalThis.gc();
  return process.memoryUsage().heapUsed;
}
