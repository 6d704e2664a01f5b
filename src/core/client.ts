import type { ApiPromise } from "./call/api-promise.js";
import type { Caller } from "./call/caller.js";
import { type Clock, systemClock } from "./call/clock.js";
import type { Method } from "./call/method.js";
import type { CallOptions, ConnectionOptions, SharedOptions } from "./call/options.js";
import { type Connection, pipeline } from "./call/pipeline.js";
import { checkOptions, copyOptions, type OptionChecks } from "./checks/check-options.js";
import { clientChecks, sharedChecks } from "./checks/option-checks.js";
import { invalidArgument } from "./errors/invalid-argument.js";
import { showAs } from "./inspect.js";
import { asIs, isRecord } from "./json/fields.js";
import { retryBudget } from "./retry/retry-budget.js";
import { toTokenSource } from "./tokens/auth.js";
import { checkBaseUrl } from "./wire/base-url.js";
import { jsonOverFetch } from "./wire/json-over-fetch.js";

/** The key under which the options made by {@link ApiClient.derive} carry the connection that both clients share. */
const shared = Symbol("connection");

interface DerivedOptions {
  readonly [shared]?: Connection;
}

/** What the clients of the three APIs have in common. Its state is private, so that no log shows a token. */
export abstract class ApiClient<Options extends ConnectionOptions = ConnectionOptions> {
  readonly #options: Options & DerivedOptions;
  readonly #connection: Connection;
  readonly #caller: Caller;

  /**
   * @param checks - a check for each of the client's options.
   * @param defaultUrl - the address if the options have none.
   * @throws InvalidArgumentError if an option is wrong.
   */
  protected constructor(
    options: Options & DerivedOptions,
    checks: OptionChecks = clientChecks,
    defaultUrl?: string,
  ) {
    checkOptions(options, checks, "this client");
    // A copy, so that later changes to the caller's object have no effect.
    this.#options = copyOptions(options, checks);
    this.#connection = options[shared] ?? open(options, defaultUrl);
    this.#caller = pipeline(this.#connection, this.#options);
    const { baseUrl } = this.#connection;
    showAs(this, () => {
      const resources = Object.keys(this).join(", ");
      return `${this.constructor.name} { baseUrl: ${baseUrl && `"${baseUrl}"`}, ${resources} }`;
    });
  }

  /**
   * Calls an RPC that has no method of its own, with the same retries, token and errors.
   *
   * @param method - one of `tenantry/vydon/methods` and so on, or one written by hand.
   * @param request - the request message as JSON.
   * @returns the response message as JSON. Fields with default values are missing, and timestamps are strings. No field is
   * checked, not even whether a response with the status 200 is an error.
   * @throws InvalidArgumentError if an argument is wrong.
   *
   * @example
   * ```ts
   * import { getUser } from "tenantry/vydon/methods";
   *
   * const { userId } = await client.call(getUser, {});
   * ```
   */
  call<Request extends object, Response extends object>(
    method: Method<Request, Response>,
    request: Request,
    options?: CallOptions,
  ): ApiPromise<Response> {
    return this.#caller(method, () => checkRequest(request), asIs<Response>, options);
  }

  /** For the resources: calls that go through all layers. */
  protected get caller(): Caller {
    return this.#caller;
  }

  /** For the resources: calls without the client's token, such as those that get a token. */
  protected get callerWithoutToken(): Caller {
    return pipeline({ ...this.#connection, source: undefined, isOpen: true }, this.#options);
  }

  /** For the resources: the client's clock. */
  protected get clock(): Clock {
    return this.#options.clock ?? systemClock;
  }

  /** What this client's calls go through. */
  protected get connection(): Connection {
    return this.#connection;
  }

  /**
   * Options for a client that shares this one's connection, tokens and retry budget.
   *
   * @throws InvalidArgumentError if one of the changes is wrong, or cannot be changed.
   */
  protected derive(changes: SharedOptions): Options {
    checkOptions(changes, sharedChecks, "withOptions");
    return { ...this.#options, ...copyOptions(changes, sharedChecks), [shared]: this.#connection };
  }
}

function open(options: ConnectionOptions, defaultUrl: string | undefined): Connection {
  const { auth, transport, allowInsecureAuth, baseUrl: url = transport ? undefined : defaultUrl } = options;
  const source = auth === undefined ? undefined : toTokenSource(auth);
  const budget = retryBudget(options.retry ? options.retry.budget : undefined);
  // A transport decides where calls and tokens go. Then only hooks use the URL.
  if (transport)
    return { transport, baseUrl: url === undefined ? url : checkBaseUrl(url, false), budget, source };
  const baseUrl = checkBaseUrl(url, source !== undefined && !allowInsecureAuth);
  return { transport: jsonOverFetch(baseUrl, options), baseUrl, budget, source };
}

/**
 * Returns a copy of a request as JSON.
 *
 * @throws InvalidArgumentError if it is not an object, or has a value such as a bigint that JSON does not have.
 */
function checkRequest<Request extends object>(request: Request): Request {
  try {
    // A copy, so that changes to the caller's object during the call have no effect.
    if (isRecord(request)) return JSON.parse(JSON.stringify(request));
  } catch {}
  throw invalidArgument("request", "must be an object that can be written as JSON");
}
