import { type ApiPart, apiNames, apis, type MockApi, type MockSeed } from "./apis.js";
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

/** The options of a mock server. The options `vydon`, `ona` and `fam` are those of one API. */
export interface MockServerOptions extends Partial<ApiPart<"options">> {
  /**
   * The seed of the random numbers from which ids and tokens are made: the same number and the same calls make the same ids and
   * tokens. A whole number, 0 or more. Default 1. It has nothing to do with `server.seed`, which adds people and accounts.
   */
  randomSeed?: number;
  /** The time of its clock. A string is ISO 8601; without a time zone it is UTC. Default 2026-01-01T00:00:00Z. */
  now?: Date | string;
  /** The APIs that it serves. A call to another API gets a 404. Default: all. */
  apis?: readonly MockApi[];
  /** Whether requests are checked by the rules of their schema. Default true. */
  validate?: boolean;
  /**
   * Whether it checks after each call that the state is consistent: a team has an admin, a person who accepts an invite becomes a
   * member, and nothing belongs to a deleted account. A call that breaks this is undone and fails with `internal`, and the text names
   * the call and what it broke. A seed is checked in the same way. Default false, because the real servers do not check. A call that
   * fails on the real server and leaves a member without a role is not an error: the mock does the same.
   */
  strict?: boolean;
  /**
   * Whether it accepts what older vendor SDKs send: a POST without a body if the request has no fields, and Ona's page
   * tokens in the URL's query. Default false: it is as strict as the real servers.
   */
  lenient?: boolean;
  /**
   * Whether the response to each RPC, also an error, has an `x-request-id`, as behind a gateway that adds one. Use it to test what your app
   * shows when a call fails. The ids are UUIDs that depend on the random seed. The call's log entry has the same id. Default false,
   * because the real servers send none.
   */
  requestIds?: boolean;
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

interface Checks {
  readonly checkOptions: Check<unknown>;
  readonly checkSeed: Check<unknown>;
}

const checksOf: Readonly<Record<string, Checks>> = apis;

const checkAllOptions: Check<Record<string, unknown>> = object({
  ...ownOptions,
  ...mapValues(checksOf, ({ checkOptions }) => optional(checkOptions)),
});

const checkAllSeeds: Check<Record<string, unknown>> = object(
  mapValues(checksOf, ({ checkSeed }) => optional(checkSeed)),
);

/** Checks the options of a mock server. @throws Error with the path to an option that is unknown or wrong. */
export function checkOptions(options: MockServerOptions): void {
  checkAllOptions(options, "options");
}

/** Checks a seed. @throws Error with the path to a part that is unknown or wrong. */
export function checkSeed(seed: MockSeed): void {
  checkAllSeeds(seed, "seed");
}
