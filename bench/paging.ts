import { createRouterTransport } from "@connectrpc/connect";
import { AccountService, type ListJoinableOrganizationsResponse } from "../gen/gitpod/v1/account_pb.js";
import { OnaClient } from "../src/index.js";
import { toCost } from "./harness.js";
import type { Bench } from "./support/bench.js";
import { bareOna } from "./support/clients.js";

const pages = 200;
const rounds = 3;
const sleep = () => new Promise<void>((resolve) => setTimeout(resolve, 10));

const byHand = "by hand, one after the other";
const overlapped = "by hand, fully overlapped";
const plain = "tenantry";
const ahead = "tenantry, prefetch";

const transport = createRouterTransport(({ rpc }) =>
  rpc(AccountService.method.listJoinableOrganizations, async ({ pagination }) => {
    await sleep();
    const page = Number(pagination?.token) + 1;
    return { joinableOrganizations: [{}], pagination: { nextToken: page < pages ? String(page) : "" } };
  }),
);
const bare = bareOna(transport);
const client = new OnaClient({ transport });

/** A list of 200 pages, with and without `prefetch`. */
export const bench: Bench = {
  name: "paging",
  title: "Paging",
  about:
    "200 pages, each 10 ms away, and 10 ms of waiting for something else with each (a row that is written, say). The best " +
    "possible fetches a page while the one before is worked on; it is written by hand, on the same timers. This is the clock on the wall.",
  async run() {
    const ways = [
      { name: overlapped, run: handOverlapped },
      { name: ahead, run: () => consume({ prefetch: true }) },
      { name: byHand, run: handSequential },
      { name: plain, run: () => consume({}) },
    ];
    // Side by side: they do nothing but wait.
    const times = await Promise.all(
      ways.map(async ({ run }) => {
        const samples: number[] = [];
        for (let round = 0; round < rounds; round++) samples.push(await wallMs(run));
        return samples;
      }),
    );
    return [
      {
        title: "200 pages",
        unit: "ms wall",
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
    await sleep();
  }
  return count;
}

function fetchPage(token: string): Promise<ListJoinableOrganizationsResponse> {
  return bare.listJoinableOrganizations({ pagination: { token } });
}

async function handSequential(): Promise<number> {
  let count = 0;
  for (let token: string | undefined = "0"; token; ) {
    const page = await fetchPage(token);
    count += page.joinableOrganizations.length;
    await sleep();
    token = page.pagination?.nextToken;
  }
  return count;
}

async function handOverlapped(): Promise<number> {
  let count = 0;
  for (let next: Promise<ListJoinableOrganizationsResponse> | undefined = fetchPage("0"); next; ) {
    const page: ListJoinableOrganizationsResponse = await next;
    const token = page.pagination?.nextToken;
    next = token ? fetchPage(token) : undefined;
    count += page.joinableOrganizations.length;
    await sleep();
  }
  return count;
}

async function wallMs(run: () => Promise<number>): Promise<number> {
  const start = performance.now();
  const count = await run();
  if (count !== pages) throw new Error(`${count} of ${pages} pages came`);
  return performance.now() - start;
}
