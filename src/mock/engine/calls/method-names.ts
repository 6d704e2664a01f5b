import type { DescMessage, DescMethodUnary, DescService, MessageShape } from "@bufbuild/protobuf";
import { wrong } from "../check-json.js";
import { didYouMean } from "../did-you-mean.js";
import type { CallRecord } from "./calls.js";
import { checkFields } from "./check-fields.js";

/** A service that a server has, and its API. */
export interface ServedService {
  readonly api: string;
  readonly service: DescService;
}

/** The names of the RPCs that a server has: `"GetUser"`, and with the API's name before it, `"vydon.GetUser"`. */
export class MethodNames {
  /** The types of the requests of each name. */
  readonly #known = new Map<string, DescMessage[]>();
  /** The short names that several APIs have. */
  readonly #shared = new Set<string>();
  /** The names of other APIs' methods, with these APIs. */
  readonly #unserved = new Map<string, string[]>();

  /**
   * The names of these services' methods.
   *
   * @param served - the APIs that the server serves.
   */
  constructor(services: readonly ServedService[], served: readonly string[]) {
    for (const { api, service } of services) {
      for (const { name, input } of service.methods) {
        if (!served.includes(api)) {
          this.#unserved.set(name, [...(this.#unserved.get(name) ?? []), api]).set(`${api}.${name}`, [api]);
          continue;
        }
        const others = this.#known.get(name) ?? [];
        if (others.length > 0) this.#shared.add(name);
        this.#known.set(name, [...others, input]).set(`${api}.${name}`, [input]);
      }
    }
  }

  /** Returns a method's name, with the API's name before it if several APIs have a method of this name. */
  of({ api, method }: { readonly api: string; readonly method: string }): string {
    return this.#shared.has(method) ? `${api}.${method}` : method;
  }

  /**
   * Checks that a served API has a method.
   *
   * @param prefix - what the error's text begins with.
   * @throws Error if none has such a method. The text lists similar names, or the API that has the method.
   */
  check(name: string, prefix = ""): void {
    if (this.#known.has(name)) return;
    const all = [...this.#known.keys()];
    const example = `the name of an RPC, such as "${all[0] ?? this.#unserved.keys().next().value}"`;
    if (typeof name !== "string") throw wrong(name, `${prefix}method`, example);
    const apis = this.#unserved.get(name);
    if (apis !== undefined) {
      const add = apis.map((api) => `"${api}"`).join(" or ");
      throw new Error(
        `${prefix}this server has no method "${name}", because it does not serve ${apis.join(" and ")}: add ${add} to its APIs`,
      );
    }
    const api = name.slice(0, name.indexOf(".") + 1);
    const names = all.filter((known) => (api === "" ? !known.includes(".") : known.startsWith(api)));
    const isRpc = names.length > 0 && /^[A-Z]/.test(name.slice(api.length));
    const hint = isRpc
      ? `it has ${names.join(", ")}`
      : `give ${example}. docs/methods.md lists the RPC of each client method`;
    throw new Error(
      `${prefix}this server has no method "${name}": ${didYouMean(name, api === "" ? names : all) || hint}`,
    );
  }

  /** Checks the fields that a test expects of a method's requests. @throws Error for a field that they do not have. */
  checkFields(name: string, fields: unknown): void {
    checkFields(fields, this.#known.get(name) ?? []);
  }
}

/** Checks whether this is the name of a call's RPC, alone or with the API's name before it. */
export function isNameOf(
  name: string,
  { api, method }: { readonly api: string; readonly method: string },
): boolean {
  return name === method || name === `${api}.${method}`;
}

/** The calls of each method of an API's services, by name: `GetUser`, and with the API's name before it, `vydon.GetUser`. */
export type CallsByName<Api extends string, Service extends DescService> = Service extends DescService
  ? {
      [Local in keyof Service["method"] & string as
        | Capitalize<Local>
        | `${Api}.${Capitalize<Local>}`]: Service["method"][Local] extends DescMethodUnary<infer I, infer O>
        ? CallRecord<MessageShape<I>, MessageShape<O>>
        : never;
    }
  : never;

/** Several maps of calls as one. If two methods have the same name, it has the calls of both. */
export type Merged<Maps> = {
  [Name in Maps extends unknown ? keyof Maps : never]: Maps extends { readonly [Key in Name]: infer Call }
    ? Call
    : never;
};
