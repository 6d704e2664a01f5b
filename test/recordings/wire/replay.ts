import { createMockServer, type MockServer, type VydonOptions } from "tenantry/mock";
import { expect } from "vitest";
import { compare, type Difference } from "./compare.js";
import type { Answer, Exchange } from "./exchange.js";
import { knownDifferences } from "./known-differences.js";

/** The recordings, each with the options of the matching mock server. */
export const recordings: readonly [string, VydonOptions][] = [
  ["wire-cloud-rbac", { flavor: "neosync" }],
  ["wire-selfhosted-rbac", { cloud: false, flavor: "neosync" }],
  ["wire-selfhosted-norbac", { cloud: false, rbac: false, flavor: "neosync" }],
  ["wire-selfhosted-norbac-vydonlibs", { cloud: false, rbac: false }],
];

/** Ada's token. */
export const token = "adas-token";

/** Creates a mock server with the real server's data of the recording. */
export function recordedServer(vydon: VydonOptions): MockServer {
  const server = createMockServer({ vydon });
  const members = [{ email: "ada@example.com" }];
  server.seed({
    vydon: {
      users: [{ email: "ada@example.com", token }],
      accounts: [
        { name: "personal", type: "personal", members },
        { name: "acme", members },
        { name: "other", members },
      ],
    },
  });
  return server;
}

/** Checks that a response equals the recording, except for the known differences, which must all exist. */
export function expectAsRecorded(exchange: Exchange, answer: Answer, atThePort = false): void {
  const differences = compare(exchange, answer);
  const known = knownDifferences.filter(
    (difference) => difference.probes.includes(exchange.probe) && (atThePort || !difference.atThePort),
  );
  const found = differences.map(({ part }) => part).sort();
  expect(found, report(exchange, answer)).toEqual(known.flatMap(({ parts }) => parts).sort());
  for (const { sameUpTo } of known) if (sameUpTo !== undefined) expectSameBeginning(differences, sameUpTo);
}

function expectSameBeginning(differences: readonly Difference[], sameUpTo: string): void {
  for (const { recorded, ours } of differences) {
    const [beginning] = String(recorded).split(sameUpTo);
    expect(String(ours).slice(0, `${beginning}${sameUpTo}`.length)).toBe(`${beginning}${sameUpTo}`);
  }
}

/** Describes a request, the recorded response and the mock's response. */
function report({ request, ...recorded }: Exchange, answer: Answer): string {
  return JSON.stringify(
    { request, recorded, ours: { ...answer, body: answer.body.toString() } },
    undefined,
    2,
  );
}
