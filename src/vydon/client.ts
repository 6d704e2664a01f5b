import type { Client } from "@connectrpc/connect";
import { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { ApiClient } from "../core/client.js";
import { systemClock } from "../core/clock.js";
import type { ClientOptions, SharedOptions } from "../core/options.js";
import { createRpc } from "../core/rpc.js";
import { Accounts } from "./accounts.js";
import { Billing } from "./billing.js";
import { Invites } from "./invites.js";
import { Members } from "./members.js";
import { Permissions } from "./permissions.js";
import { System } from "./system.js";
import { Users } from "./users.js";

/**
 * A client for a Vydon or a Neosync server, old or new: `mgmt.v1alpha1.UserAccountService`.
 *
 * @example
 * ```ts
 * const client = new VydonClient({ baseUrl: "https://vydon.example.com", auth: process.env.VYDON_API_KEY });
 * const { accountId } = await client.accounts.createTeam({ name: "acme" });
 * await client.invites.create(accountId, { email: "ada@example.com", role: "job_viewer" });
 * ```
 */
export class VydonClient extends ApiClient {
  /** The raw Connect client: messages in and out, with the same retries, token and errors. */
  readonly rpc: Client<typeof UserAccountService>;
  /** Who the caller is, and registering them. */
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
  /** What the server is and runs. */
  readonly system: System;

  /**
   * @param options - `baseUrl` (or a Connect `transport`) and `auth` at least; see {@link ClientOptions}.
   * @throws InvalidArgumentError where an option is wrong.
   */
  constructor(options: ClientOptions) {
    super(options);
    this.rpc = createRpc(UserAccountService, this.transport);
    this.users = new Users(this.rpc);
    this.accounts = new Accounts(this.rpc);
    this.members = new Members(this.rpc);
    this.invites = new Invites(this.rpc);
    this.permissions = new Permissions(this.rpc);
    this.billing = new Billing(this.rpc, options.clock ?? systemClock);
    this.system = new System(this.rpc);
  }

  /**
   * A client with other options for its calls, which shares this one's connection, tokens and retry budget.
   *
   * @example
   * ```ts
   * const patient = client.withOptions({ timeoutMs: 300_000 });
   * ```
   */
  withOptions(options: SharedOptions): VydonClient {
    return new VydonClient(this.derive(options));
  }
}
