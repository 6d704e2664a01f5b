import { systemClock } from "../core/call/clock.js";
import type { ClientOptions, SharedOptions } from "../core/call/options.js";
import { ApiClient } from "../core/client.js";
import { Accounts } from "./accounts.js";
import { ApiKeys } from "./api-keys.js";
import { Authentication } from "./auth.js";
import { Billing } from "./billing.js";
import { Invites } from "./invites.js";
import { Members } from "./members.js";
import { Permissions } from "./permissions.js";
import { System } from "./system.js";
import { Users } from "./users.js";

/**
 * A client for a Vydon or a Neosync server, old or new: `UserAccountService`, `AuthService` and `ApiKeyService` of
 * `mgmt.v1alpha1`.
 *
 * @example
 * ```ts
 * const client = new VydonClient({ baseUrl: "https://vydon.example.com", auth: process.env.VYDON_API_KEY });
 * const { accountId } = await client.accounts.createTeam({ name: "acme" });
 * await client.invites.create(accountId, { email: "ada@example.com", role: "job_viewer" });
 * ```
 */
export class VydonClient extends ApiClient {
  /** Who the caller is, and their registration. */
  readonly users: Users;
  /** The caller's accounts, and how they are set up. */
  readonly accounts: Accounts;
  /** Who is in a team account, and in what role. */
  readonly members: Members;
  /** Invitations to team accounts. */
  readonly invites: Invites;
  /** What the caller may do to an account and its resources. */
  readonly permissions: Permissions;
  /** What an account uses and pays. */
  readonly billing: Billing;
  /** The API keys of accounts. */
  readonly apiKeys: ApiKeys;
  /** Signing in as a person. */
  readonly auth: Authentication;
  /** What the server is and runs. */
  readonly system: System;
  readonly #options: ClientOptions;

  /**
   * @param options - `baseUrl` (or a `transport`) and `auth` at least; see {@link ClientOptions}.
   * @throws InvalidArgumentError if an option is wrong.
   */
  constructor(options: ClientOptions) {
    super(options);
    // Copied, so that what the caller does to theirs later changes nothing.
    this.#options = { ...options };
    this.users = new Users(this.caller);
    this.accounts = new Accounts(this.caller);
    this.members = new Members(this.caller);
    this.invites = new Invites(this.caller);
    this.permissions = new Permissions(this.caller);
    const { clock = systemClock } = options;
    this.billing = new Billing(this.caller, clock);
    this.apiKeys = new ApiKeys(this.caller);
    this.auth = new Authentication(this.caller, this.callerWithoutToken(options), clock);
    this.system = new System(this.caller);
  }

  /**
   * A client with other options for its calls. It shares this one's connection, tokens and retry budget.
   *
   * @throws InvalidArgumentError if an option is wrong, or cannot be changed.
   *
   * @example
   * ```ts
   * const patient = client.withOptions({ timeoutMs: 300_000 });
   * ```
   */
  withOptions(options: SharedOptions): VydonClient {
    return create(this.derive(this.#options, options));
  }
}

/** Outside of the class: a class that names itself gets another name, `_VydonClient`, from some bundlers. */
function create(options: ClientOptions): VydonClient {
  return new VydonClient(options);
}
