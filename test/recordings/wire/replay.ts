import { createMockServer, type MockServer, type VydonOptions } from "tenantry/mock";
import { expect } from "vitest";
import { compare, type Difference } from "./compare.js";
import type { Answer, Exchange } from "./exchange.js";
import { knownDifferences } from "./known-differences.js";

/** The recordings, each with the options of a mock server that behaves in the same way. */
export const recordings: readonly [string, VydonOptions][] = [
  ["wire-cloud-rbac", { flavor: "neosync" }],
  ["wire-selfhosted-rbac", { cloud: false, flavor: "neosync" }],
  ["wire-selfhosted-norbac", { cloud: false, rbac: false, flavor: "neosync" }],
  ["wire-selfhosted-norbac-vydonlibs", { cloud: false, rbac: false }],
];

/** Ada's token. */
export const token = "adas-token";

/** A server with what the real one had when it was recorded. */
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

/** Expects a response to be as recorded, but for the known differences, which must all be there. */
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

/** Shows a request, what was recorded and what came. */
function report({ request, ...recorded }: Exchange, answer: Answer): string {
  return JSON.stringify(
    { request, recorded, ours: { ...answer, body: answer.body.toString() } },
    undefined,
    2,
  );
}
