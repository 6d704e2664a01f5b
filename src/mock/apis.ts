import type { DescService } from "@bufbuild/protobuf";
import type { Api, ApiDefinition, ApiTypes } from "./engine/api.js";
import {
  type CallsByName,
  type Merged,
  MethodNames,
  type ServedService,
} from "./engine/calls/method-names.js";
import { keysOf } from "./engine/records.js";
import { type FamServices, famApi } from "./fam/api.js";
import type { FamControls } from "./fam/controls/controls.js";
import type { FamOptions } from "./fam/options.js";
import type { FamSeed } from "./fam/seed/seed.js";
import { type OnaServices, onaApi } from "./ona/api.js";
import type { OnaControls } from "./ona/controls/controls.js";
import type { OnaOptions } from "./ona/options.js";
import type { OnaSeed } from "./ona/seed/seed.js";
import { type VydonServices, vydonApi } from "./vydon/api.js";
import type { VydonControls } from "./vydon/controls/controls.js";
import type { VydonOptions } from "./vydon/options.js";
import type { VydonSeed } from "./vydon/seed/seed.js";

// To add an API, add it to each list of this file.

/** The name of an API that a mock server can serve. */
export type MockApi = "vydon" | "ona" | "fam";

/** The types of each API that a mock server can serve. */
export interface MockApis {
  /** Vydon: users, accounts, API keys and billing. */
  vydon: ApiTypes<VydonControls, VydonOptions, VydonSeed, VydonServices>;
  /** Ona: accounts, organizations, users, tokens and credits. */
  ona: ApiTypes<OnaControls, OnaOptions, OnaSeed, OnaServices>;
  /** Fetch Ads Manager: accounts, members and cards. */
  fam: ApiTypes<FamControls, FamOptions, FamSeed, FamServices>;
}

/** The definition of each API. */
export const apis: { readonly [Name in keyof MockApis]: ApiDefinition<MockApis[Name]> } = {
  vydon: vydonApi,
  ona: onaApi,
  fam: famApi,
};

/** The APIs of one server. */
export type CreatedApis = { readonly [Name in keyof MockApis]: Api<MockApis[Name]> };

/** Creates the APIs of one server. */
export function createApis(
  create: <Name extends keyof MockApis>(name: Name) => Api<MockApis[Name]>,
): CreatedApis {
  return {
    vydon: create("vydon"),
    ona: create("ona"),
    fam: create("fam"),
  };
}

/** One part of each API: `{ vydon: VydonControls; … }` for "controls". */
export type ApiPart<Part extends keyof ApiTypes> = { [Name in keyof MockApis]: MockApis[Name][Part] };

/** The controls of each API. */
export type MockControls = Readonly<ApiPart<"controls">>;

/** Returns the controls of one server's APIs. */
export function controlsOf({ vydon, ona, fam }: CreatedApis): MockControls {
  return { vydon: vydon.controls, ona: ona.controls, fam: fam.controls };
}

/** The names of all APIs. */
export const apiNames: readonly MockApi[] = keysOf(apis);

/** The services of all APIs. */
export const servedServices: readonly ServedService[] = apiNames.flatMap((api) =>
  apis[api].services.map((service) => ({ api, service })),
);

/** Returns the service with this full name. Undefined if no API has it. */
export function findService(typeName: string): DescService | undefined {
  return servedServices.find(({ service }) => service.typeName === typeName)?.service;
}

const names = new Map<string, MethodNames>();

/** Returns the names of the RPCs of these APIs. They are collected at the first use. Default: all APIs. */
export function methodNames(served: readonly MockApi[] = apiNames): MethodNames {
  const key = served.join();
  const known = names.get(key) ?? new MethodNames(servedServices, served);
  names.set(key, known);
  return known;
}

/** The options of each API. */
export type MockApiOptions = { [Name in keyof MockApis]?: MockApis[Name]["options"] | undefined };

/** The state of a server before the first call, by API. */
export type MockSeed = { [Name in keyof MockApis]?: MockApis[Name]["seed"] | undefined };

/** The calls of each RPC that a mock server has, by name: `GetUser` or `vydon.GetUser`. */
export type MockCalls = Merged<
  { [Name in keyof MockApis]: CallsByName<Name, MockApis[Name]["services"]> }[keyof MockApis]
>;

// A union of several types keeps its name, so editors and errors do not show all its members.
/** The name of an RPC that a mock server has: `"GetUser"`, or `"vydon.GetUser"` if two APIs share a name. */
export type MockMethod = MethodOf<"vydon"> | MethodOf<"ona"> | MethodOf<"fam">;

/** The names of the RPCs of one API. */
type MethodOf<Name extends MockApi> = keyof Merged<CallsByName<Name, MockApis[Name]["services"]>>;
