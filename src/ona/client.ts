import type { ChangeableOptions, CommonOptions } from "../core/call/options.js";
import type { ClientTransport } from "../core/call/transport.js";
import { fieldsOf } from "../core/checks/arguments.js";
import { copyOptions } from "../core/checks/check-options.js";
import { clientChecks } from "../core/checks/option-checks.js";
import { ApiClient } from "../core/client.js";
import { firstSet } from "../core/env.js";
import { invalidArgument } from "../core/errors/invalid-argument.js";
import { OnaAccounts } from "./accounts.js";
import { OnaBilling } from "./billing.js";
import { onaUrl, onaVariables } from "./defaults.js";
import { OnaDomains } from "./domains.js";
import { OnaIdentity } from "./identity.js";
import { OnaInvites } from "./invites.js";
import { OnaMembers } from "./members.js";
import { OnaOrganizations } from "./organizations.js";
import { OnaTokens } from "./tokens.js";
import { OnaUsers } from "./users.js";

/** Options of an {@link OnaClient}: `baseUrl` has a default, `https://app.ona.com/api`. */
export interface OnaClientOptions extends CommonOptions {
  /**
   * The API's URL. Default `https://app.ona.com/api`. A path is kept. The token is sent only to this origin. With a
   * `transport`, which decides where calls go, it is only the address that hooks report, and has no default.
   */
  readonly baseUrl?: string | URL | undefined;
  /**
   * Sends the requests: `nodeTransport`, `webTransport`, or `viaConnect` around any Connect transport. It decides where
   * calls go. Default: the client sends JSON over `fetch`.
   */
  readonly transport?: ClientTransport | undefined;
}

/**
 * A client for Ona, formerly Gitpod. It calls the services of `gitpod.v1` for accounts, organizations and billing.
 *
 * An account is a person who can sign in. A user is that person inside one organization, so a user's id also
 * identifies the organization. A member is a user in the list of their organization. A personal access token stands for one user.
 *
 * For most methods, the vendor does not document who may call them, their defaults, their errors, whether a retry is safe, and whether
 * they need a token. There, the docs of the methods describe our proposal. `docs/fidelity.md` lists it for each RPC.
 *
 * A method that sends the token fails with `PermissionDeniedError` if the account is blocked, if the user is suspended, if a token that
 * can only read would change something, or if an account's token is used where a user's is needed.
 *
 * @example
 * ```ts
 * const client = new OnaClient({ auth: process.env.ONA_API_KEY });
 * const { organizationId } = await client.users.current();
 * for await (const member of client.members.list(organizationId)) console.log(member.email, member.role);
 * ```
 */
export class OnaClient extends ApiClient<OnaClientOptions> {
  /** People's accounts, and the ways to log in to them. */
  readonly accounts = new OnaAccounts(this.caller, this.callerWithoutToken);
  /** The users of an organization. */
  readonly users = new OnaUsers(this.caller);
  /** Organizations. */
  readonly organizations = new OnaOrganizations(this.caller);
  /** The members of organizations and their roles. */
  readonly members = new OnaMembers(this.caller);
  /** Invites to organizations. */
  readonly invites = new OnaInvites(this.caller);
  /** The usage of organizations, in credits. */
  readonly billing = new OnaBilling(this.caller);
  /** Personal access tokens. */
  readonly tokens = new OnaTokens(this.caller);
  /** The identity of the client's token, and the exchange of tokens. */
  readonly identity = new OnaIdentity(this.caller, this.callerWithoutToken);
  /** The email domains of organizations, and their verification. */
  readonly domains = new OnaDomains(this.caller);

  /**
   * Creates a client. It sends nothing before the first call.
   *
   * @param options - `auth` at least, a personal access token; see {@link OnaClientOptions}.
   * @throws InvalidArgumentError if an option is wrong.
   */
  constructor(options: OnaClientOptions = {}) {
    super(options, undefined, onaUrl);
  }

  /**
   * Creates a client from the environment variables that the vendor's own SDKs read. The token is in `ONA_API_KEY` or,
   * if that is not set, in `GITPOD_API_KEY`. The address is in `ONA_BASE_URL` or, if that is not set, in
   * `GITPOD_BASE_URL`.
   *
   * @param options - the options of the client. They override the environment.
   * @throws InvalidArgumentError if neither the options nor the environment contain a token, or if an option is wrong.
   *
   * @example
   * ```ts
   * const account = await OnaClient.fromEnv().accounts.get();
   * ```
   */
  static fromEnv(options: OnaClientOptions = {}): OnaClient {
    fieldsOf(options, "options");
    const auth = options.auth ?? firstSet(onaVariables.auth)?.value;
    if (auth === undefined) throw invalidArgument("auth", "is missing: set ONA_API_KEY or GITPOD_API_KEY");
    const { transport, baseUrl = transport ? undefined : firstSet(onaVariables.baseUrl)?.value } = options;
    return create({ ...copyOptions(options, clientChecks), auth, baseUrl });
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
  withOptions(options: ChangeableOptions): OnaClient {
    return create(this.derive(options));
  }
}

/**
 * Creates a client. It is outside the class, because some bundlers rename a class that uses its own name (to
 * `_OnaClient`).
 */
function create(options: OnaClientOptions): OnaClient {
  return new OnaClient(options);
}
