import { QueryClient } from "@tanstack/query-core";
import {
  famMutations,
  famQueries,
  onaMutations,
  onaQueries,
  vydonMutations,
  vydonQueries,
} from "tenantry/query";
import { expect, it } from "vitest";
import { type AnyMethod, allClients, resourceMethods } from "../support/methods.js";
import { untyped } from "../support/untyped.js";
import { argumentsOf } from "../support/valid-arguments.js";

const sent: string[] = [];
const fetch: typeof globalThis.fetch = async (input, init) => {
  const request = new Request(input, init);
  sent.push(`${request.url} ${await request.text()}`);
  return Response.json({});
};
const clients = allClients({ baseUrl: "https://api.example.com", fetch, retry: false });
const queryClient = new QueryClient();

/** Returns the requests of an operation. The empty response may lack a field that the API always sends. */
async function requestsOf(operation: () => unknown): Promise<string[]> {
  sent.length = 0;
  await Promise.resolve(operation()).catch(() => {});
  return [...sent];
}

/** The search of a list that is one of the method's options, but an argument of the query. */
const searches: Readonly<Record<string, object>> = { "ona.members.list": { search: "ada", count: true } };

/** Calls a method. Returns its one request in a list. */
async function requestsOfMethod({ path, call }: AnyMethod, options?: object): Promise<string[]> {
  const requests = await requestsOf(() => call(...argumentsOf(path), { ...searches[path], ...options }));
  expect(requests).toHaveLength(1);
  return requests;
}

/** Returns the requests of a query with the method's arguments and these further ones. */
async function requestsOfQuery(path: string, query: unknown, ...further: object[]): Promise<string[]> {
  const search = searches[path];
  const makeQuery = untyped<(...args: readonly unknown[]) => AnyQuery>(query);
  const { queryFn } = makeQuery(...argumentsOf(path), ...(search ? [search] : []), ...further);
  return requestsOf(() => queryFn({ signal: new AbortController().signal }));
}

/** The variables of a mutation: text by the name of its parameter, with the fields of the objects. */
function variablesOf({ parameters }: AnyMethod, args: readonly unknown[]): unknown {
  return Object.assign(
    {},
    ...args.map((argument, at) =>
      typeof argument === "object" ? argument : { [parameters[at] ?? ""]: argument },
    ),
  );
}

const cases = Object.entries({
  vydon: [vydonQueries(clients.vydon), vydonMutations(clients.vydon, queryClient)] as const,
  ona: [onaQueries(clients.ona), onaMutations(clients.ona, queryClient)] as const,
  fam: [famQueries(clients.fam), famMutations(clients.fam, queryClient)] as const,
}).flatMap(([api, [queries, mutations]]) =>
  resourceMethods(api, Reflect.get(clients, api)).map((method) => {
    const [, resource = "", name = ""] = method.path.split(".");
    const optionIn = (bindings: object): unknown => Reflect.get(Reflect.get(bindings, resource) ?? {}, name);
    return {
      path: method.path,
      method,
      query: optionIn(queries),
      pages: Reflect.get(Reflect.get(queries, resource) ?? {}, `${name}Pages`),
      mutation: optionIn(mutations),
    };
  }),
);

interface AnyQuery {
  queryFn(context: { readonly signal: AbortSignal }): Promise<unknown>;
}

it.each(cases.filter(({ query }) => query))(
  "the query $path sends what the method sends",
  async ({ path, method, query }) => {
    expect(await requestsOfQuery(path, query)).toEqual(await requestsOfMethod(method));
  },
);

it.each(cases.filter(({ pages }) => pages))(
  "the infinite query of $path sends what the method sends",
  async ({ path, method, pages }) => {
    // Fetch Ads Manager has no page size.
    const page = path.startsWith("ona.") ? [{ pageSize: 5 }] : [];
    expect(await requestsOfQuery(path, pages, ...page)).toEqual(await requestsOfMethod(method, ...page));
  },
);

it.each(cases.filter(({ mutation }) => mutation))(
  "the mutation $path sends what the method sends",
  async ({ path, method, mutation }) => {
    const { mutationFn } = untyped<{ mutationFn(variables: unknown): Promise<unknown> }>(mutation);
    const requests = await requestsOf(() => mutationFn(variablesOf(method, argumentsOf(path))));
    expect(requests).toEqual(await requestsOfMethod(method));
  },
);
