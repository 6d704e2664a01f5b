import { QueryClient } from "@tanstack/query-core";
import { CanceledError } from "tenantry";
import {
  famMutations,
  famQueries,
  onaMutations,
  onaQueries,
  structuralSharing,
  vydonMutations,
  vydonQueries,
} from "tenantry/query";
import { expect, it } from "vitest";
import { allClients, resourceMethods } from "../support/methods.js";
import { failureOf } from "../support/promises.js";
import { untyped } from "../support/untyped.js";
import { argumentsOf } from "../support/valid-arguments.js";

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

/** A server that never responds. */
const fetch = () => new Promise<Response>(() => {});
const clients = allClients({ baseUrl: "https://api.example.com", fetch, timeoutMs: 0 });
const queryClient = new QueryClient();
const bindings = {
  vydon: [vydonQueries(clients.vydon), vydonMutations(clients.vydon, queryClient)],
  ona: [onaQueries(clients.ona), onaMutations(clients.ona, queryClient)],
  fam: [famQueries(clients.fam), famMutations(clients.fam, queryClient)],
};

interface AnyQuery {
  readonly retry: unknown;
  readonly structuralSharing: unknown;
  queryFn(context: { readonly signal: AbortSignal }): Promise<unknown>;
}

/** The options in the resources of an API, by the path of their method. */
function optionsOf(api: string, resources: object): { path: string; options: unknown }[] {
  return Object.entries(resources).flatMap(([resource, methods]) =>
    resource === "key"
      ? []
      : Object.entries<unknown>(methods)
          .filter(([name]) => name !== "key")
          .map(([name, options]) => ({ path: `${api}.${resource}.${name}`, options })),
  );
}

it.each(["vydon", "ona", "fam"] as const)("each method of %s is a query or a mutation", (api) => {
  const bound = bindings[api].flatMap((resources) => optionsOf(api, resources)).map(({ path }) => path);
  const methods = resourceMethods(api, clients[api]).map(({ path }) => path);
  expect(methods.filter((path) => !bound.includes(path) && !without.includes(path))).toEqual([]);
});

it.each(Object.entries(bindings).flatMap(([api, [queries]]) => optionsOf(api, Object(queries))))(
  "$path leaves retries to the client, keeps unchanged objects, and cancels its call when it is no longer used",
  async ({ path, options }) => {
    const makeQuery = untyped<(...args: readonly unknown[]) => AnyQuery>(options);
    const query = makeQuery(...argumentsOf(path.replace(/Pages$/, "")));
    expect(query.retry).toBe(false);
    expect(query.structuralSharing).toBe(structuralSharing);
    const controller = new AbortController();
    const canceled = failureOf(query.queryFn({ signal: controller.signal }));
    controller.abort();
    const later = new Promise((resolve) => setImmediate(resolve, "still running"));
    expect(await Promise.race([canceled, later])).toBeInstanceOf(CanceledError);
  },
);

it.each(Object.entries(bindings).flatMap(([api, [, mutations]]) => optionsOf(api, Object(mutations))))(
  "$path has its name as the mutation's key",
  ({ path, options }) => {
    expect(options).toMatchObject({ mutationKey: ["tenantry", ...path.split(".")] });
  },
);
