import type { ApiPromise } from "./call/api-promise.js";
import type { Caller } from "./call/caller.js";
import { type Clock, systemClock } from "./call/clock.js";
import { toHeaderRecord } from "./call/headers.js";
import type { Method } from "./call/method.js";
import type { CallOptions, ChangeableOptions, ConnectionOptions } from "./call/options.js";
import { type Connection, type PipelineOptions, pipeline } from "./call/pipeline.js";
import { checkOptions, copyOptions, type OptionChecks } from "./checks/check-options.js";
import { changeableChecks, clientChecks } from "./checks/option-checks.js";
import { invalidArgument } from "./errors/invalid-argument.js";
import { showAs } from "./inspect.js";
import { asIs, isRecord } from "./json/fields.js";
import { retryBudget } from "./retry/retry-budget.js";
import { toTokenSource } from "./tokens/auth.js";
import { checkBaseUrl } from "./wire/base-url.js";
import { jsonOverFetch } from "./wire/json-over-fetch.js";

/** The key under which the options of {@link ApiClient.derive} contain the shared connection. */
const sharedConnection = Symbol();

interface DerivedOptions {
  readonly [sharedConnection]?: Connection;
}

/** The base class of the three clients. Its state is private, so that no log shows a token. */
export abstract class ApiClient<Options extends ConnectionOptions = ConnectionOptions> {
  readonly #options: Options & DerivedOptions & PipelineOptions;
  readonly #connection: Connection;
  readonly #caller: Caller;

  /**
   * @param checks - a check for each of the client's options.
   * @param defaultUrl - the address if the options contain none.
   * @throws InvalidArgumentError if an option is wrong.
   */
  protected constructor(
    options: Options & DerivedOptions,
    checks: OptionChecks = clientChecks,
    defaultUrl?: string,
  ) {
    checkOptions(options, checks, "this client");
    // A copy, so that later changes to the caller's object have no effect, except inside of `retry`, `hooks` and `logger`.
    this.#options = { ...copyOptions(options, checks), headers: toHeaderRecord(options.headers) };
    this.#connection = this.#options[sharedConnection] ?? createConnection(this.#options, defaultUrl);
    this.#caller = pipeline(this.#connection, this.#options);
    const { baseUrl } = this.#connection;
    showAs(this, () => {
      const resources = Object.keys(this).join(", ");
      return `${this.constructor.name} { baseUrl: ${baseUrl && `"${baseUrl}"`}, ${resources} }`;
    });
  }

  /**
   * Calls an RPC that the client has no method for, with the same token, retries and errors.
   *
   * @param method - a method from `tenantry/vydon/methods`, `tenantry/ona/methods` or `tenantry/fam/methods`, or one
   * written by hand.
   * @param request - the request message as JSON.
   * @returns the response message as JSON. Fields with default values are missing, and timestamps are strings. The
   * response is not checked: with the status 200, it may even be an error.
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

  /** The caller for the resources. Its calls go through all layers. */
  protected get caller(): Caller {
    return this.#caller;
  }

  /** The caller for methods that are called without the client's token, such as methods that return tokens. */
  protected get callerWithoutToken(): Caller {
    return pipeline({ ...this.#connection, source: undefined, needsNoToken: true }, this.#options);
  }

  /** The client's clock. */
  protected get clock(): Clock {
    return this.#options.clock ?? systemClock;
  }

  /** The parts that the clients of `withOptions` share. */
  protected get connection(): Connection {
    return this.#connection;
  }

  /**
   * Returns options for a client that shares this client's connection, tokens and retry budget.
   *
   * @throws InvalidArgumentError if a change is wrong, or is for an option that cannot be changed.
   */
  protected derive(changes: ChangeableOptions): Options {
    checkOptions(changes, changeableChecks, "withOptions");
    return {
      ...this.#options,
      ...copyOptions(changes, changeableChecks),
      [sharedConnection]: this.#connection,
    };
  }
}

function createConnection(options: ConnectionOptions, defaultUrl: string | undefined): Connection {
  const { auth, transport, allowInsecureAuth, baseUrl: url = transport ? undefined : defaultUrl } = options;
  const source = auth === undefined ? undefined : toTokenSource(auth);
  const budget = retryBudget(options.retry ? options.retry.budget : undefined);
  // A transport decides where calls and tokens go, so only hooks use the URL.
  if (transport)
    return { transport, baseUrl: url === undefined ? url : checkBaseUrl(url, false), budget, source };
  const baseUrl = checkBaseUrl(url, source !== undefined && !allowInsecureAuth);
  return { transport: jsonOverFetch(baseUrl, options), baseUrl, budget, source };
}

/**
 * Returns a copy of a request as JSON.
 *
 * @throws InvalidArgumentError if it is not an object, or contains a value that JSON cannot contain, such as a bigint.
 */
function checkRequest<Request extends object>(request: Request): Request {
  try {
    // A copy, so that changes to the caller's object during the call have no effect.
    if (isRecord(request)) return JSON.parse(JSON.stringify(request));
  } catch {}
  throw invalidArgument("request", "must be an object that can be written as JSON");
}
