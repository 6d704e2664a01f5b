import { QueryClient } from "@tanstack/query-core";
import { expect, it } from "vitest";
import {
  famMutations,
  famQueries,
  onaMutations,
  onaQueries,
  vydonMutations,
  vydonQueries,
} from "../../src/query/index.js";
import { allClients, resourceMethods } from "../support/methods.js";

/** Methods that belong neither in a cache nor in a component. */
const without = [
  // It waits for minutes: an app polls `billing.validity` with `refetchInterval`.
  "vydon.billing.waitUntilValid",
  // They make and check tokens, which a cache would keep for longer than they are valid.
  "vydon.auth.authorizeUrl",
  "vydon.auth.login",
  "vydon.auth.refresh",
  "vydon.auth.check",
  "ona.identity.exchangeToken",
];

const clients = allClients({ baseUrl: "https://api.example.com" });
const queryClient = new QueryClient();
const bindings = {
  vydon: [vydonQueries(clients.vydon), vydonMutations(clients.vydon, queryClient)],
  ona: [onaQueries(clients.ona), onaMutations(clients.ona, queryClient)],
  fam: [famQueries(clients.fam), famMutations(clients.fam, queryClient)],
};

it.each(["vydon", "ona", "fam"] as const)("each method of %s is a query or a mutation", (api) => {
  const bound = bindings[api].flatMap((resources) =>
    Object.entries(resources).flatMap(([resource, methods]) =>
      typeof methods === "object" ? Object.keys(methods).map((name) => `${api}.${resource}.${name}`) : [],
    ),
  );
  const methods = resourceMethods(api, clients[api]).map(({ path }) => path);
  expect(methods.filter((path) => !bound.includes(path) && !without.includes(path))).toEqual([]);
});
