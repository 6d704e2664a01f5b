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
export class VydonClient extends ApiClient<ClientOptions> {
  /** Who the caller is, and their registration. */
  readonly users = new VydonUsers(this.caller);
  /** The caller's accounts, and how they are set up. */
  readonly accounts = new VydonAccounts(this.caller);
  /** Who is in a team account, and in what role. */
  readonly members = new VydonMembers(this.caller);
  /** Invitations to team accounts. */
  readonly invites = new VydonInvites(this.caller);
  /** What the caller may do to an account and its resources. */
  readonly permissions = new VydonPermissions(this.caller);
  /** What an account uses and pays. */
  readonly billing = new VydonBilling(this.caller, this.clock);
  /** The API keys of accounts. */
  readonly apiKeys = new VydonApiKeys(this.caller);
  /** Signing in as a person. */
  readonly auth = new VydonAuthentication(this.caller, this.callerWithoutToken, this.clock);
  /** What the server is and runs. */
  readonly system = new VydonSystem(this.caller);

  /**
   * Creates a client. Nothing is sent before its first call.
   *
   * @param options - `baseUrl` (or a `transport`) and `auth` at least; see {@link ClientOptions}.
   * @throws InvalidArgumentError if an option is wrong.
   */
  constructor(options: ClientOptions) {
    super(options);
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
    return create(this.derive(options));
  }
}

/** Outside of the class: a class that names itself gets another name, `_VydonClient`, from some bundlers. */
function create(options: ClientOptions): VydonClient {
  return new VydonClient(options);
}
