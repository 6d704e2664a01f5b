import type { DescService } from "@bufbuild/protobuf";
import { didYouMean } from "../did-you-mean.js";

/** A service, and the API that it belongs to. */
export interface Carried<Api extends string = string, Service extends DescService = DescService> {
  readonly api: Api;
  readonly service: Service;
}

type LocalName<Service extends DescService> = keyof Service["method"] & string;

/** The RPCs' names: `"GetUser"`, and with the API before it if two APIs share a name: `"vydon.GetUser"`. */
export type MethodName<All extends Carried> =
  All extends Carried<infer Api, infer Service>
    ? Capitalize<LocalName<Service>> | `${Api}.${Capitalize<LocalName<Service>>}`
    : never;

/** The descriptors of the RPCs that a name stands for. */
export type MethodNamed<All extends Carried, Name extends string> =
  All extends Carried<infer Api, infer Service>
    ? {
        [Local in LocalName<Service>]: Name extends Capitalize<Local> | `${Api}.${Capitalize<Local>}`
          ? Service["method"][Local]
          : never;
      }[LocalName<Service>]
    : never;

/** The names of the RPCs that a server carries, for checks at run time. */
export class MethodNames {
  readonly #known = new Set<string>();

  /** The names of these services' methods, short and with their API. */
  constructor(carried: readonly Carried[]) {
    for (const { api, service } of carried) {
      for (const { name } of service.methods) this.#known.add(name).add(`${api}.${name}`);
    }
  }

  /** @throws Error when no service has such a method. The text lists the names that are near. */
  check(name: string): void {
    if (this.#known.has(name)) return;
    const short = [...this.#known].filter((known) => !known.includes(".") || name.includes("."));
    throw new Error(
      `this server carries no method "${name}": ${didYouMean(name, short) || `it carries ${short.join(", ")}`}`,
    );
  }
}
