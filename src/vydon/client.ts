import type { Address, ChangeableOptions, CommonOptions } from "../core/call/options.js";
import { ApiClient } from "../core/client.js";
import { VydonAccounts } from "./accounts.js";
import { VydonApiKeys } from "./api-keys.js";
import { VydonAuth } from "./auth.js";
import { VydonBilling } from "./billing.js";
import { VydonInvites } from "./invites.js";
import { VydonMembers } from "./members.js";
import { VydonPermissions } from "./permissions.js";
import { VydonSystem } from "./system.js";
import { VydonUsers } from "./users.js";

/** The options of a {@link VydonClient}: the options of every client, and the address. */
export type VydonClientOptions = CommonOptions & Address;

/**
 * A client for Vydon and Neosync servers, old and new. It calls `UserAccountService`, `AuthService` and `ApiKeyService`
 * of `mgmt.v1alpha1`.
 *
 * A person must be registered: call {@link VydonUsers.register} after the first sign-in. Until then, most calls fail with
 * `NotFoundError`. On a server without roles (RBAC), every member counts as an admin.
 *
 * @example
 * ```ts
 * const client = new VydonClient({ baseUrl: "https://vydon.example.com", auth: process.env.VYDON_API_KEY });
 * const { accountId } = await client.accounts.createTeam({ name: "acme" });
 * await client.invites.create(accountId, { email: "ada@example.com", role: "job_viewer" });
 * ```
 */
export class VydonClient extends ApiClient<VydonClientOptions> {
  /** The caller as a user of the server. */
  readonly users = new VydonUsers(this.caller);
  /** The caller's accounts and their settings. */
  readonly accounts = new VydonAccounts(this.caller);
  /** The members of team accounts and their roles. */
  readonly members = new VydonMembers(this.caller);
  /** Invites to team accounts. */
  readonly invites = new VydonInvites(this.caller);
  /** The caller's permissions in an account. */
  readonly permissions = new VydonPermissions(this.caller);
  /** The subscriptions and the usage of accounts. */
  readonly billing = new VydonBilling(this.caller, this.clock);
  /** The API keys of accounts. */
  readonly apiKeys = new VydonApiKeys(this.caller);
  /** The sign-in of people. */
  readonly auth = new VydonAuth(this.caller, this.callerWithoutToken, this.clock);
  /** The server's version and licence. */
  readonly system = new VydonSystem(this.caller);

  /**
   * Creates a client. It sends nothing before the first call.
   *
   * @param options - `baseUrl` (or a `transport`) and `auth` at least; see {@link VydonClientOptions}.
   * @throws InvalidArgumentError if an option is wrong.
   */
  constructor(options: VydonClientOptions) {
    super(options);
  }

  /**
   * Returns a client with other options for its calls. It shares this client's connection, tokens and retry budget.
   *
   * @throws InvalidArgumentError if an option is wrong, or cannot be changed.
   *
   * @example
   * ```ts
   * const patient = client.withOptions({ timeoutMs: 300_000 });
   * ```
   */
  withOptions(options: ChangeableOptions): VydonClient {
    return create(this.derive(options));
  }
}

/**
 * Creates a client. It is outside the class, because some bundlers rename a class that uses its own name (to
 * `_VydonClient`).
 */
function create(options: VydonClientOptions): VydonClient {
  return new VydonClient(options);
}
