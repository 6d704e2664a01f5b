import type { ApiPromise, Caller } from "./call/caller.js";
import type { Method } from "./call/method.js";
import type { CallOptions, ClientOptions, SharedOptions } from "./call/options.js";
import { type Connection, pipeline } from "./call/pipeline.js";
import { showAs } from "./inspect.js";
import { asIs } from "./json/fields.js";
import { retryBudget } from "./retry/retry-budget.js";
import { toTokenSource } from "./tokens/auth.js";
import { checkBaseUrl } from "./wire/base-url.js";
import { jsonOverFetch } from "./wire/json-over-fetch.js";

/** Under this key, the options made by {@link ApiClient.derive} carry what the new client shares with the old one. */
const shared = Symbol("shared connection");

interface DerivedOptions {
  readonly [shared]?: Connection;
}

/** What the clients of the three APIs have in common. Its state is private, so that no log shows a token. */
export abstract class ApiClient {
  readonly #options: ClientOptions;
  readonly #connection: Connection;
  readonly #caller: Caller;

  /** @throws InvalidArgumentError if an option is wrong. */
  protected constructor(options: ClientOptions & DerivedOptions) {
    this.#options = options;
    this.#connection = options[shared] ?? open(options);
    this.#caller = pipeline(this.#connection, options);
    const { baseUrl } = this.#connection;
    showAs(this, () => {
      const resources = Object.keys(this).join(", ");
      return `${this.constructor.name} { baseUrl: ${baseUrl && `"${baseUrl}"`}, ${resources} }`;
    });
  }

  /**
   * Calls an RPC that has no method of its own, through the same retries, token and errors.
   *
   * @param method - one of `tenantry/vydon/methods` and so on, or one written by hand.
   * @param request - the request message as JSON.
   * @returns the response message as JSON. Fields with default values are missing, and timestamps are strings. No field is
   * checked, also not whether the response is an error in spite of its status.
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
    return this.#caller(method, () => request, asIs<Response>, options);
  }

  /** For the resources: calls that go through all layers. */
  protected get caller(): Caller {
    return this.#caller;
  }

  /** For the resources: calls that go out without the client's token, such as those that get one. */
  protected get callerWithoutToken(): Caller {
    return pipeline({ ...this.#connection, source: undefined, isOpen: true }, this.#options);
  }

  /** What this client's calls go through. */
  protected get connection(): Connection {
    return this.#connection;
  }

  /** Options for a client that shares this one's connection, tokens and retry budget. */
  protected derive(changes: SharedOptions): ClientOptions {
    const options: ClientOptions & DerivedOptions = {
      ...this.#options,
      ...changes,
      [shared]: this.#connection,
    };
    return options;
  }
}

function open(options: ClientOptions): Connection {
  const { auth, transport, allowInsecureAuth } = options;
  const source = auth === undefined ? undefined : toTokenSource(auth);
  const budget = retryBudget(options.retry ? options.retry.budget : undefined);
  // A transport decides where calls and tokens go. The URL is only what hooks report then.
  if (transport) return { transport, baseUrl: options.baseUrl?.toString(), budget, source };
  const baseUrl = checkBaseUrl(options.baseUrl, source !== undefined && !allowInsecureAuth);
  return { transport: jsonOverFetch(baseUrl, options), baseUrl, budget, source };
}
