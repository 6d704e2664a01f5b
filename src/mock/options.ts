import type { MethodName } from "./engine/calls/method-names.js";
import type { famCarried } from "./fam/api.js";
import type { FamOptions } from "./fam/options.js";
import type { FamSeed } from "./fam/seed/seed.js";
import type { onaCarried } from "./ona/api.js";
import type { OnaOptions } from "./ona/options.js";
import type { OnaSeed } from "./ona/seed/seed.js";
import type { vydonCarried } from "./vydon/api.js";
import type { VydonOptions } from "./vydon/options.js";
import type { VydonSeed } from "./vydon/seed/seed.js";

/** How a mock server is set up. */
export interface MockServerOptions {
  /**
   * The seed of its random numbers, from which ids and tokens are made: the same number and the same calls give the same ids and
   * tokens. A whole number, 0 or more. Default 1. What the server holds is set by `server.seed`.
   */
  randomSeed?: number;
  /** The time at which its clock stands. A text is ISO 8601; without a zone it is UTC. Default 2026-01-01T00:00:00Z. */
  now?: Date | string;
  /** The APIs that it answers for; calls to others find nothing. Default: all. */
  apis?: readonly MockApi[];
  /** Vydon's own settings. */
  vydon?: VydonOptions;
  /** Ona's own settings. */
  ona?: OnaOptions;
  /** Fetch Ads Manager's own settings. */
  fam?: FamOptions;
  /** Whether requests are checked by the rules of their schema. Default true. */
  validate?: boolean;
  /**
   * Whether it checks after each call what must always hold: a team has an admin, whoever accepts an invite becomes a
   * member, nothing belongs to what is gone. A call that breaks it is undone and fails with `internal`, and the text names
   * the call and what it broke. So does a seed. Default false: the real servers let it happen. A call that fails on the real
   * server and leaves a member without a role is not a violation: the mock leaves the same behind.
   */
  strict?: boolean;
  /**
   * Whether it takes what older vendor SDKs send: a POST without a body where a request has no fields, and Ona's page
   * tokens in the URL's query. Default false: it is as strict as the real servers.
   */
  lenient?: boolean;
}

/** An API that a mock server can answer for. */
export type MockApi = "vydon" | "ona" | "fam";

/** What is there before the first call, by API. */
export interface MockSeed {
  /** Vydon's people, accounts and keys. */
  vydon?: VydonSeed;
  /** Ona's accounts, organizations and ways to log in. */
  ona?: OnaSeed;
  /** FAM's people and accounts. */
  fam?: FamSeed;
}

/** The services that a mock server carries. */
export type MockServices = typeof vydonCarried | typeof onaCarried | (typeof famCarried)[number];

/** The names of the RPCs that a mock server carries: `"GetUser"`, or `"vydon.GetUser"`. */
export type MockMethod = MethodName<MockServices>;
