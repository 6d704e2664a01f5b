import { setTimeout } from "node:timers/promises";
import { OnaClient } from "../src/index.js";
import { toCost } from "./harness.js";
import type { Bench } from "./support/bench.js";
import { pagedFetch } from "./support/paged-fetch.js";

const pages = 200;
const rounds = 3;
const wait = () => setTimeout(10);

const byHand = "by hand, one page after the other";
const overlapped = "by hand, the next page meanwhile";
const plain = "tenantry";
const ahead = "tenantry, prefetch";

const baseUrl = "http://127.0.0.1:1";
const fetch = pagedFetch({ pages, pageSize: 1, wait });
const client = new OnaClient({ baseUrl, fetch });

/** A list of 200 pages, with and without `prefetch`. */
export const bench: Bench = {
  name: "paging",
  title: "Paging",
  about:
    "200 pages. The server takes 10 ms for each, and the program works on each for 10 ms (it writes a row, for example). " +
    "The fastest way is to fetch the next page while the program works. The first row does this by hand with plain fetch, and the " +
    "others are compared with it. The table shows elapsed time, not CPU time. All rows run at the same time, because they only wait.",
  async run() {
    const ways = [
      { name: overlapped, run: handOverlapped },
      { name: ahead, run: () => consume({ prefetch: true }) },
      { name: byHand, run: handSequential },
      { name: plain, run: () => consume({}) },
    ];
    const times = await Promise.all(
      ways.map(async ({ run }) => {
        const samples: number[] = [];
        for (let round = 0; round < rounds; round++) samples.push(await elapsedMs(run));
        return samples;
      }),
    );
    return [
      {
        title: "200 pages",
        unit: "ms",
        costs: ways.map(({ name }, index) => toCost(name, times[index] ?? [])),
        goals: [
          { of: ahead, over: overlapped, atMost: 1.1 },
          { of: plain, over: byHand, atMost: 1.05 },
        ],
      },
    ];
  },
};

async function consume({ prefetch = false }): Promise<number> {
  let count = 0;
  for await (const page of client.accounts.listJoinableOrganizations({ prefetch }).pages()) {
    count += page.items.length;
    await wait();
  }
  return count;
}

interface Organizations {
  readonly joinableOrganizations: readonly unknown[];
  readonly pagination: { readonly nextToken: string };
}

async function fetchPage(token: string): Promise<Organizations> {
  const response = await fetch(baseUrl, { method: "POST", body: JSON.stringify({ pagination: { token } }) });
  return JSON.parse(await response.text());
}

async function handSequential(): Promise<number> {
  let count = 0;
  let token = "";
  do {
    const page = await fetchPage(token);
    count += page.joinableOrganizations.length;
    await wait();
    token = page.pagination.nextToken;
  } while (token);
  return count;
}

async function handOverlapped(): Promise<number> {
  let count = 0;
  for (let next: Promise<Organizations> | undefined = fetchPage(""); next; ) {
    const page: Organizations = await next;
    const token = page.pagination.nextToken;
    next = token ? fetchPage(token) : undefined;
    count += page.joinableOrganizations.length;
    await wait();
  }
  return count;
}

async function elapsedMs(run: () => Promise<number>): Promise<number> {
  const start = performance.now();
  const count = await run();
  if (count !== pages) throw new Error(`expected ${pages} pages, got ${count}`);
  return performance.now() - start;
}
