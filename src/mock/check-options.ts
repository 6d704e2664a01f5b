import {
  type Check,
  flag,
  instant,
  list,
  object,
  oneOf,
  optional,
  wholeNumber,
} from "./engine/check-json.js";
import { checkFamOptions } from "./fam/options.js";
import { checkOnaOptions } from "./ona/options.js";
import type { MockApi, MockServerOptions } from "./options.js";
import { checkVydonOptions } from "./vydon/options.js";

const apis: readonly MockApi[] = ["vydon", "ona", "fam"];

const checkAll: Check = object<MockServerOptions>({
  randomSeed: optional(wholeNumber(0)),
  now: optional(instant),
  apis: optional(list(oneOf(apis))),
  vydon: optional(checkVydonOptions),
  ona: optional(checkOnaOptions),
  fam: optional(checkFamOptions),
  validate: optional(flag),
  strict: optional(flag),
  lenient: optional(flag),
});

/** Checks the options of a mock server. @throws Error with the path to an option that is unknown or wrong. */
export function checkOptions(options: MockServerOptions): void {
  checkAll(options, "options");
}
