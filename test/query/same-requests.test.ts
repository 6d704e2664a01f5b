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
import { type AnyMethod, allClients, resourceMethods } from "../support/methods.js";
import { untyped } from "../support/untyped.js";
import { validArguments } from "../support/valid-arguments.js";

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

/** Calls a method. Returns its arguments, and its one request in a list. */
async function callOf(path: string, method: AnyMethod) {
  const args = validArguments[path] ?? [];
  const requests = await requestsOf(() => method.call(...args));
  expect(requests).toHaveLength(1);
  return { args, requests };
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
    return { path: method.path, method, query: optionIn(queries), mutation: optionIn(mutations) };
  }),
);

interface AnyQuery {
  queryFn(context: { readonly signal: AbortSignal }): Promise<unknown>;
}

it.each(cases.filter(({ query }) => query))(
  "the query $path sends what the method sends",
  async ({ path, method, query }) => {
    const { args, requests } = await callOf(path, method);
    const { queryFn } = untyped<(...args: readonly unknown[]) => AnyQuery>(query)(...args);
    expect(await requestsOf(() => queryFn({ signal: new AbortController().signal }))).toEqual(requests);
  },
);

it.each(cases.filter(({ mutation }) => mutation))(
  "the mutation $path sends what the method sends",
  async ({ path, method, mutation }) => {
    const { args, requests } = await callOf(path, method);
    const { mutationFn } = untyped<{ mutationFn(variables: unknown): Promise<unknown> }>(mutation);
    expect(await requestsOf(() => mutationFn(variablesOf(method, args)))).toEqual(requests);
  },
);
