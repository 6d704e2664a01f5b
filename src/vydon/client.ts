import { systemClock } from "../core/call/clock.js";
import type { ClientOptions, SharedOptions } from "../core/call/options.js";
import { ApiClient } from "../core/client.js";
import { VydonAccounts } from "./accounts.js";
import { VydonApiKeys } from "./api-keys.js";
import { VydonAuthentication } from "./auth.js";
import { VydonBilling } from "./billing.js";
import { VydonInvites } from "./invites.js";
import { VydonMembers } from "./members.js";
import { VydonPermissions } from "./permissions.js";
import { VydonSystem } from "./system.js";
import { VydonUsers } from "./users.js";

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
  readonly users: VydonUsers;
  /** The caller's accounts, and how they are set up. */
  readonly accounts: VydonAccounts;
  /** Who is in a team account, and in what role. */
  readonly members: VydonMembers;
  /** Invitations to team accounts. */
  readonly invites: VydonInvites;
  /** What the caller may do to an account and its resources. */
  readonly permissions: VydonPermissions;
  /** What an account uses and pays. */
  readonly billing: VydonBilling;
  /** The API keys of accounts. */
  readonly apiKeys: VydonApiKeys;
  /** Signing in as a person. */
  readonly auth: VydonAuthentication;
  /** What the server is and runs. */
  readonly system: VydonSystem;
  readonly #options: ClientOptions;

  /**
   * @param options - `baseUrl` (or a `transport`) and `auth` at least; see {@link ClientOptions}.
   * @throws InvalidArgumentError if an option is wrong.
   */
  constructor(options: ClientOptions) {
    super(options);
    // Copied, so that what the caller does to theirs later changes nothing.
    this.#options = { ...options };
    this.users = new VydonUsers(this.caller);
    this.accounts = new VydonAccounts(this.caller);
    this.members = new VydonMembers(this.caller);
    this.invites = new VydonInvites(this.caller);
    this.permissions = new VydonPermissions(this.caller);
    const { clock = systemClock } = options;
    this.billing = new VydonBilling(this.caller, clock);
    this.apiKeys = new VydonApiKeys(this.caller);
    this.auth = new VydonAuthentication(this.caller, this.callerWithoutToken(options), clock);
    this.system = new VydonSystem(this.caller);
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
