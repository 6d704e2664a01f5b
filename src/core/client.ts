import type { Transport } from "@connectrpc/connect";
import { type TokenSource, toTokenSource } from "./auth.js";
import { checkBaseUrl } from "./base-url.js";
import { InvalidArgumentError } from "./errors.js";
import { fetchTransport } from "./fetch-transport.js";
import type { ClientOptions, SharedOptions } from "./options.js";
import { RetryBudget } from "./retry.js";
import { layered } from "./transport.js";

/** What clients made from one another have in common. */
interface Shared {
  readonly source: TokenSource | undefined;
  readonly budget: RetryBudget;
  readonly base: Transport;
  readonly baseUrl: string | undefined;
}

/** What options made by {@link ApiClient.derive} share with the client that made them; others share nothing. */
const sharedByOptions = new WeakMap<object, Shared>();

/** What the clients of the three APIs have in common. Its state is private, so that no log shows a token. */
export abstract class ApiClient {
  /** Every call of this client goes through it; a Connect client of your own may use it too, and has all the layers. */
  readonly transport: Transport;
  readonly #options: ClientOptions;
  readonly #shared: Shared;

  /** @throws InvalidArgumentError where an option is wrong. */
  protected constructor(options: ClientOptions) {
    this.#options = options;
    this.#shared = sharedByOptions.get(options) ?? open(options);
    this.transport = layered(this.#shared.base, options, this.#shared);
  }

  /** Where this client's tokens come from. */
  protected get tokens(): TokenSource | undefined {
    return this.#shared.source;
  }

  /** Options for a client that shares this one's connection, tokens and retry budget. */
  protected derive(changes: SharedOptions): ClientOptions {
    const options = { ...this.#options, ...changes };
    sharedByOptions.set(options, this.#shared);
    return options;
  }
}

/**
 * The transport of a client, but for its token: for methods that are open to all. `options` are of that client, made by
 * {@link ApiClient.derive}.
 */
export function openTransport(options: ClientOptions): Transport {
  const shared = sharedByOptions.get(options) ?? open(options);
  return layered(shared.base, options, { ...shared, source: undefined });
}

function open(options: ClientOptions): Shared {
  const { auth, transport, allowInsecureAuth: allowInsecure = false } = options;
  const source = auth === undefined ? undefined : toTokenSource(auth);
  const budget = new RetryBudget(options.retry ? options.retry.budget : undefined);
  if (options.baseUrl === undefined) {
    if (transport) return { source, budget, base: transport, baseUrl: undefined };
    throw new InvalidArgumentError("no address: give `baseUrl`, or a Connect `transport`");
  }
  // Where a transport carries it, the token is that transport's to guard.
  const baseUrl = checkBaseUrl(options.baseUrl, {
    carried: !transport && source !== undefined,
    allowInsecure,
  });
  return { source, budget, base: transport ?? fetchTransport(baseUrl, options), baseUrl };
}
