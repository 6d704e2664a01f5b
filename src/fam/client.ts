import type { ApiPromise } from "../core/call/api-promise.js";
import type { Caller } from "../core/call/caller.js";
import type { Method } from "../core/call/method.js";
import type { CallOptions, ChangeableOptions, CommonOptions } from "../core/call/options.js";
import { type Checks, optionsBy } from "../core/checks/check-options.js";
import { clientChecks } from "../core/checks/option-checks.js";
import { ApiClient } from "../core/client.js";
import { checkBaseUrl } from "../core/wire/base-url.js";
import { FamAccounts } from "./accounts.js";
import { FamBilling } from "./billing.js";
import { FamInvites } from "./invites.js";
import { FamMembers } from "./members.js";
import { type FamServices, type RenameService, serviceChecks, serviceRenamer } from "./services.js";

/**
 * Options of a {@link FamClient}. There is no `transport`: messages travel as JSON over `fetch`, because the API's field
 * numbers are not published.
 */
export interface FamClientOptions extends Omit<CommonOptions, "useHttpGet"> {
  /**
   * The API's URL, such as `https://api.example.com`. A path is kept. The token is sent to its origin only. Plain http to a
   * host that is not this machine needs `allowInsecureAuth`, also without `auth`: `invites.accept` sends a password.
   */
  readonly baseUrl: string | URL;
  /** The full names of the server's services. The vendor does not publish them, so the defaults are ours. */
  readonly services?: FamServices | undefined;
}

const { transport: _, useHttpGet: __, ...checks } = clientChecks;
const famChecks: Checks<FamClientOptions> = { ...checks, services: optionsBy(serviceChecks) };

/**
 * A client for Fetch Ads Manager. It calls `AccountService`, `MemberService` and `BillingService`.
 *
 * The vendor documents only the messages and their rules. The docs of the methods describe our proposal for the rest:
 * errors, permissions, retries, searches, and how long invites are valid. We also chose the name `email`, for a field that has
 * no name in the vendor's documentation.
 *
 * @example
 * ```ts
 * const client = new FamClient({ baseUrl: "https://fam.example.com", auth: process.env.FAM_ACCESS_TOKEN });
 * const { id } = await client.accounts.create({ name: "Acme", type: "ad_account" });
 * await client.invites.create(id, { email: "ada@example.com", relations: ["admin"] });
 * ```
 */
export class FamClient extends ApiClient<FamClientOptions> {
  /** Ad accounts, and what the caller may do in them. */
  readonly accounts: FamAccounts;
  /** The members of accounts and their relations. */
  readonly members: FamMembers;
  /** Invites to accounts. */
  readonly invites: FamInvites;
  /** The cards that accounts pay with. */
  readonly billing: FamBilling;
  readonly #renameService: RenameService;

  /**
   * Creates a client. It sends nothing before the first call.
   *
   * @param options - `baseUrl` and `auth` at least; see {@link FamClientOptions}.
   * @throws InvalidArgumentError if an option is wrong.
   */
  constructor(options: FamClientOptions) {
    super(options, famChecks);
    const { baseUrl, allowInsecureAuth = false } = options;
    // The check applies without `auth` too, because accepting an invite sends a password and returns tokens.
    checkBaseUrl(baseUrl, !allowInsecureAuth);
    this.#renameService = serviceRenamer(options.services ?? {});
    const call = withRenamedServices(this.caller, this.#renameService);
    this.accounts = new FamAccounts(call);
    this.members = new FamMembers(call);
    // These calls send no token, because the person who accepts an invite may not have one yet.
    const callWithoutToken = withRenamedServices(this.callerWithoutToken, this.#renameService);
    this.invites = new FamInvites(
      call,
      callWithoutToken,
      this.connection.source,
      this.clock,
      options.timeoutMs,
    );
    this.billing = new FamBilling(call);
  }

  /**
   * Calls an RPC that the client has no method for, with the same token, retries and errors. The option `services`
   * applies to the methods of `tenantry/fam/methods` too.
   *
   * @param method - a method from `tenantry/fam/methods`, or one written by hand.
   * @param request - the request message as JSON.
   * @returns the response message as JSON. Fields with default values are missing, and timestamps are strings. The
   * response is not checked: with the status 200, it may even be an error.
   * @throws InvalidArgumentError if an argument is wrong.
   */
  override call<Request extends object, Response extends object>(
    method: Method<Request, Response>,
    request: Request,
    options?: CallOptions,
  ): ApiPromise<Response> {
    return super.call(this.#renameService(method), request, options);
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
  withOptions(options: ChangeableOptions): FamClient {
    return create(this.derive(options));
  }
}

/**
 * Creates a client. It is outside the class, because some bundlers rename a class that uses its own name (to
 * `_FamClient`).
 */
function create(options: FamClientOptions): FamClient {
  return new FamClient(options);
}

function withRenamedServices(call: Caller, renameService: RenameService): Caller {
  return (method, ...rest) => call(renameService(method), ...rest);
}
