/** The checks of all options of clients, calls and lists. */

import type { Hooks } from "../call/hooks.js";
import { levels } from "../call/log-hooks.js";
import type { ChangeableOptions, ConnectionOptions } from "../call/options.js";
import type { ListOptions } from "../lists/page.js";
import type { RetryOptions } from "../retry/retry-policy.js";
import { flag } from "./arguments.js";
import {
  type Check,
  type Checks,
  callback,
  checkedElsewhere,
  checkOptions,
  clock,
  count,
  millis,
  type OptionChecks,
  oneOf,
  optionsBy,
  withMethods,
} from "./check-options.js";

const retry: Checks<Omit<RetryOptions, "budget">> = {
  maxAttempts: count(1),
  initialDelayMs: millis(0),
  maxDelayMs: millis(0),
  random: callback,
};

/** Returns a check of retry options, which may be false. */
function retryBy(checks: OptionChecks): Check {
  return (value, option, of) => value !== false && checkOptions(value, checks, of, option);
}

const hooks: Checks<Hooks> = {
  onCallStart: callback,
  onRequest: callback,
  onResponse: callback,
  onRetry: callback,
  onError: callback,
  onCallEnd: callback,
};

/** Checks of the options of calls and lists. A call accepts the options of a list too, and ignores them. */
export const callChecks: Checks<ListOptions> = {
  signal: checkedElsewhere,
  timeoutMs: millis(0),
  headers: checkedElsewhere,
  retry: retryBy({ ...retry, unsafe: flag }),
  pageSize: count(1, 2 ** 31 - 1),
  cursor: checkedElsewhere,
  limit: count(0),
  prefetch: flag,
};

/** Checks of the options of `withOptions`. */
export const changeableChecks: Checks<ChangeableOptions> = {
  timeoutMs: millis(0),
  attemptTimeoutMs: millis(1),
  retry: retryBy(retry),
  hooks: optionsBy(hooks),
  logger: withMethods(...levels),
  logLevel: oneOf("off", ...levels),
  headers: checkedElsewhere,
};

/** Checks of the options of a client. */
export const clientChecks: Checks<ConnectionOptions> = {
  ...changeableChecks,
  baseUrl: checkedElsewhere,
  transport: withMethods("send"),
  auth: checkedElsewhere,
  retry: retryBy({ ...retry, budget: count(0) }),
  fetch: callback,
  useHttpGet: flag,
  maxResponseBytes: count(1),
  allowInsecureAuth: flag,
  clock,
};
