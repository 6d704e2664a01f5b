import type { AccountService as FamAccountService } from "../../gen/fam/v1/account_pb.js";
import type { BillingService } from "../../gen/fam/v1/billing_pb.js";
import type { MemberService } from "../../gen/fam/v1/member_pb.js";
import type { AccountService as OnaAccountService } from "../../gen/gitpod/v1/account_pb.js";
import type { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import type { Api, ApiDefinition, ApiTypes } from "./engine/api.js";
import type { CallsByName, Merged } from "./engine/calls/calls-by-name.js";
import type { Carried } from "./engine/calls/method-names.js";
import { keysOf } from "./engine/records.js";
import { famApi } from "./fam/api.js";
import type { FamControls } from "./fam/controls/controls.js";
import type { FamOptions } from "./fam/options.js";
import type { FamSeed } from "./fam/seed/seed.js";
import { onaApi } from "./ona/api.js";
import type { OnaControls } from "./ona/controls/controls.js";
import type { OnaOptions } from "./ona/options.js";
import type { OnaSeed } from "./ona/seed/seed.js";
import { vydonApi } from "./vydon/api.js";
import type { VydonControls } from "./vydon/controls/controls.js";
import type { VydonOptions } from "./vydon/options.js";
import type { VydonSeed } from "./vydon/seed/seed.js";

/** The APIs that a mock server can serve. To add one, add a line to each list of this file. */
export interface MockApis {
  /** Vydon: users, accounts, API keys and billing. */
  readonly vydon: ApiTypes<VydonControls, VydonOptions, VydonSeed, typeof UserAccountService>;
  /** Ona: accounts, organizations and logins. */
  readonly ona: ApiTypes<OnaControls, OnaOptions, OnaSeed, typeof OnaAccountService>;
  /** Fetch Ads Manager: accounts, members and cards. */
  readonly fam: ApiTypes<
    FamControls,
    FamOptions,
    FamSeed,
    typeof FamAccountService | typeof MemberService | typeof BillingService
  >;
}

/** The definitions of the APIs. */
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

/** The controls of each API. */
export type MockControls = { readonly [Name in keyof MockApis]: MockApis[Name]["controls"] };

/** The controls of one server's APIs. */
export function controlsOf({ vydon, ona, fam }: CreatedApis): MockControls {
  return { vydon: vydon.controls, ona: ona.controls, fam: fam.controls };
}

/** The name of an API that a mock server can serve. */
export type MockApi = keyof MockApis;

/** The names of all APIs. */
export const apiNames: readonly MockApi[] = keysOf(apis);

/** The services of all APIs. */
export const carriedServices: readonly Carried[] = apiNames.flatMap((api) =>
  apis[api].services.map((service) => ({ api, service })),
);

/** The options of each API. */
export type MockApiOptions = { -readonly [Name in keyof MockApis]?: MockApis[Name]["options"] };

/** What is on a server before the first call, by API. */
export type MockSeed = { -readonly [Name in keyof MockApis]?: MockApis[Name]["seed"] };

/** The calls of each RPC that a mock server carries, by name: `GetUser` or `vydon.GetUser`. */
export type MockCalls = Merged<
  { [Name in keyof MockApis]: CallsByName<Name, MockApis[Name]["services"]> }[keyof MockApis]
>;

/** The name of an RPC that a mock server carries: `"GetUser"`, or `"vydon.GetUser"` if two APIs share a name. */
export type MockMethod = keyof MockCalls;
