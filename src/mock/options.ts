import { apiNames, apis, type MockApi, type MockApiOptions } from "./apis.js";
import type { ApiDefinition, ApiTypes } from "./engine/api.js";
import {
  type Check,
  flag,
  instant,
  list,
  object,
  oneOf,
  optional,
  type Shape,
  wholeNumber,
} from "./engine/check-json.js";
import { mapValues } from "./engine/records.js";

/** The options of a mock server. `vydon`, `ona` and `fam` contain the options of one API each. */
export interface MockServerOptions extends MockApiOptions {
  /**
   * The seed of the random numbers for ids and tokens: the same number and the same calls create the same ids and tokens. A
   * whole number, 0 or more. Default 1. It is not related to `server.seed`, which adds people and accounts.
   */
  randomSeed?: number | undefined;
  /** The time of its clock. A string is ISO 8601; without a time zone it is UTC. Default 2026-01-01T00:00:00Z. */
  now?: Date | string | undefined;
  /** The APIs that it serves. A call to another API gets a 404. Default: all. */
  apis?: readonly MockApi[] | undefined;
  /** Whether requests are checked by the rules of their schema. Default true. */
  validate?: boolean | undefined;
  /**
   * Whether it checks after each call that the state is consistent: a team has an admin, a person who accepts an invite becomes a
   * member, and nothing belongs to a deleted account. A call that breaks such a rule is undone and fails with `internal`. The text
   * names the call and the broken rule. A seed is checked in the same way. Default false, because the real servers do not check.
   * On the real server, some calls fail and leave a member without a role. The mock does the same, and allows it here.
   */
  strict?: boolean | undefined;
  /**
   * Whether it accepts the requests of older vendor SDKs: a POST without a body if the request has no fields, and Ona's
   * page tokens in the URL's query. Default false: it is as strict as the real servers.
   */
  lenient?: boolean | undefined;
  /**
   * Whether the response to each RPC that the server could read, including errors, has an `x-request-id`, as behind a gateway that adds
   * one. Use it to test what your app shows when a call fails. The ids are UUIDs that depend on the random seed. The call's log entry has
   * the same id. Default false, because the real servers send none.
   */
  requestIds?: boolean | undefined;
}

const ownOptions: Shape<Omit<MockServerOptions, MockApi>> = {
  randomSeed: optional(wholeNumber(0)),
  now: optional(instant),
  apis: optional(list(oneOf(apiNames))),
  validate: optional(flag),
  strict: optional(flag),
  lenient: optional(flag),
  requestIds: optional(flag),
};

const definitions: Readonly<Record<string, Pick<ApiDefinition<ApiTypes>, "checkOptions" | "checkSeed">>> =
  apis;

/** Checks the options of a mock server. @throws Error with the path to an option that is unknown or wrong. */
export const checkOptions: Check<Record<string, unknown>> = object({
  ...ownOptions,
  ...mapValues(definitions, ({ checkOptions }) => optional(checkOptions)),
});

/** The settings of one server: its options, with the defaults of those that were left out. */
export type MockSettings = ReturnType<typeof toSettings>;

/** Returns the settings for these options. */
export function toSettings(options: MockServerOptions) {
  const { randomSeed = 1, validate = true, strict = false, lenient = false, requestIds = false } = options;
  return { ...options, randomSeed, apis: options.apis ?? apiNames, validate, strict, lenient, requestIds };
}

/** Checks a seed. @throws Error with the path to a part that is unknown or wrong. */
export const checkSeed: Check<Record<string, unknown>> = object(
  mapValues(definitions, ({ checkSeed }) => optional(checkSeed)),
);
