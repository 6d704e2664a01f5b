import type { Address, CommonOptions, SharedOptions } from "../core/call/options.js";
import { ApiClient } from "../core/client.js";
import { firstSet } from "../core/env.js";
import { invalidArgument } from "../core/errors/invalid-argument.js";
import { Accounts } from "./accounts.js";

/** Ona's production API. */
const production = "https://app.ona.com/api";

/** Options of an {@link OnaClient}: `baseUrl` has a default, `https://app.ona.com/api`. */
export type OnaClientOptions = CommonOptions &
  (
    | Address
    | {
        /** Default `https://app.ona.com/api`. */
        readonly baseUrl?: undefined;
        /** Default: the client's own, which sends JSON over `fetch`. */
        readonly transport?: undefined;
      }
  );

/**
 * A client for Ona, formerly Gitpod: `gitpod.v1.AccountService`.
 *
 * @example
 * ```ts
 * const client = new OnaClient({ auth: process.env.ONA_API_KEY });
 * const { email, memberships } = await client.accounts.get();
 * ```
 */
export class OnaClient extends ApiClient {
  /** Accounts, and the ways to log in to them. */
  readonly accounts: Accounts;

  /**
   * @param options - `auth` at least, a personal access token; see {@link OnaClientOptions}.
   * @throws InvalidArgumentError if an option is wrong.
   */
  constructor(options: OnaClientOptions = {}) {
    super(options.transport || options.baseUrl !== undefined ? options : { ...options, baseUrl: production });
    this.accounts = new Accounts(this.caller);
  }

  /**
   * Creates a client from the environment variables that the vendor's own SDKs read: the token from `ONA_API_KEY`, or else
   * from `GITPOD_API_KEY`, and the address from `ONA_BASE_URL`, or else from `GITPOD_BASE_URL`.
   *
   * @param options - what they set overrides the environment.
   * @throws InvalidArgumentError if neither they nor the environment have a token, or if an option is wrong.
   *
   * @example
   * ```ts
   * const account = await OnaClient.fromEnv().accounts.get();
   * ```
   */
  static fromEnv(options: OnaClientOptions = {}): OnaClient {
    const auth = options.auth ?? firstSet(["ONA_API_KEY", "GITPOD_API_KEY"])?.value;
    if (auth === undefined) throw invalidArgument("auth", "is missing: set ONA_API_KEY or GITPOD_API_KEY");
    if (options.transport || options.baseUrl !== undefined) return create({ ...options, auth });
    return create({
      ...options,
      auth,
      baseUrl: firstSet(["ONA_BASE_URL", "GITPOD_BASE_URL"])?.value ?? production,
    });
  }

  /**
   * A client with other options for its calls. It shares this one's connection, tokens and retry budget.
   *
   * @example
   * ```ts
   * const patient = client.withOptions({ timeoutMs: 300_000 });
   * ```
   */
  withOptions(options: SharedOptions): OnaClient {
    return create(this.derive(options));
  }
}

/** Outside of the class: a class that names itself gets another name, `_OnaClient`, from some bundlers. */
function create(options: OnaClientOptions): OnaClient {
  return new OnaClient(options);
}
