import { type CommonOptions, FamClient, OnaClient, VydonClient } from "tenantry";

/** A method of a client's resource, as a caller without TypeScript sees it. */
export interface AnyMethod {
  /** Such as `vydon.members.list`. */
  readonly path: string;
  /** The names of its parameters, as they are in the source. */
  readonly parameters: readonly string[];
  /** The number of required parameters. The options are never among them. */
  readonly required: number;
  /** Calls the method on its owner. */
  call(...args: readonly unknown[]): unknown;
}

/**
 * Returns all methods of the three clients, and a count of the requests. Each response has only `isValid`, for which `waitUntilValid`
 * waits.
 */
export function allMethods(): { methods: AnyMethod[]; sent: () => number } {
  let sent = 0;
  const fetch = async () => {
    sent++;
    return Response.json({ isValid: true });
  };
  const options = { baseUrl: "https://api.example.com", fetch, retry: false } as const;
  const methods = Object.entries(allClients(options)).flatMap(([api, client]) => [
    ...resourceMethods(api, client),
    ...methodsOf(api, client).filter(({ path }) => path !== `${api}.withOptions`),
    toMethod(`${api}.call`, client, client.call),
  ]);
  // FamClient overrides `call`, so it is found twice.
  const unique = new Map(methods.map((method) => [method.path, method]));
  return { methods: [...unique.values()], sent: () => sent };
}

/** Creates a client of each API. */
export function allClients(options: CommonOptions & { baseUrl: string }) {
  return { vydon: new VydonClient(options), ona: new OnaClient(options), fam: new FamClient(options) };
}

/** Returns the methods of all resources of a client. */
export function resourceMethods(api: string, client: object): AnyMethod[] {
  return Object.entries(client).flatMap(([name, resource]) => methodsOf(`${api}.${name}`, resource));
}

function methodsOf(path: string, owner: object): AnyMethod[] {
  const prototype: object = Object.getPrototypeOf(owner);
  return Object.getOwnPropertyNames(prototype).flatMap((name) => {
    const method: unknown = Reflect.get(prototype, name, owner);
    return name === "constructor" || typeof method !== "function"
      ? []
      : [toMethod(`${path}.${name}`, owner, method)];
  });
}

function toMethod(path: string, owner: object, method: (...args: never[]) => unknown): AnyMethod;
function toMethod(path: string, owner: object, method: CallableFunction): AnyMethod;
function toMethod(path: string, owner: object, method: CallableFunction): AnyMethod {
  // The text between the first parentheses of the source. A default value must not contain a comma or parenthesis.
  const [, list = ""] = /^[^(]*\(([^)]*)\)/.exec(String(method)) ?? [];
  const parameters = list.split(",").map((parameter) => parameter.replace(/=.*/s, "").trim());
  return {
    path,
    parameters: parameters.filter((name) => name !== ""),
    // `length` counts the parameters before the first default. The options may be among them.
    required: parameters.slice(0, method.length).filter((name) => name !== "options").length,
    call: (...args) => Reflect.apply(method, owner, args),
  };
}
