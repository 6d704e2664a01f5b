import type { Client } from "@connectrpc/connect";
import type { AccountService } from "../../gen/gitpod/v1/account_pb.js";
import { required } from "../core/convert.js";
import type { List, ListOptions } from "../core/list.js";
import { listByToken } from "../core/list-by-token.js";
import { type CallOptions, toConnect } from "../core/options.js";
import {
  type Account,
  type BlockedAccount,
  type JoinableOrganization,
  type LoginProvider,
  type SsoLogin,
  toAccount,
  toBlockedAccount,
  toJoinableOrganization,
  toLoginProvider,
  toSsoLogin,
} from "./models.js";

/** Whom login providers are for. Default: everybody. */
export interface LoginFilter {
  /** Somebody who holds this invite. */
  readonly inviteId?: string | undefined;
  /** Somebody who has this email. */
  readonly email?: string | undefined;
}

/** Who logs in by single sign-on, and where they want to go. */
export interface SsoRequest {
  /** The email whose domain decides. */
  readonly email: string;
  /** Where to send the browser after the login. */
  readonly returnTo?: string | undefined;
}

/** People's accounts, and how they log in to them: `client.accounts`. */
export class Accounts {
  readonly #rpc: Client<typeof AccountService>;

  /** @internal */
  constructor(rpc: Client<typeof AccountService>) {
    this.#rpc = rpc;
  }

  /**
   * The caller's account, with the organizations that they are in. Calls `GetAccount`.
   *
   * @throws PermissionDeniedError where the account is blocked.
   */
  async get(options?: CallOptions): Promise<Account> {
    const { account } = await this.#rpc.getAccount({}, toConnect(options));
    return toAccount(account);
  }

  /**
   * Deletes an account for good. A repeat is answered with `NotFoundError`, so it is not retried after a failure that
   * leaves open whether the server acted. Calls `DeleteAccount`.
   *
   * @param deletion.reason - why, in the caller's words.
   * @throws FailedPreconditionError where it has yet to leave an organization.
   * @throws NotFoundError where there is no such account.
   * @throws PermissionDeniedError where it is another person's.
   */
  async delete(
    accountId: string,
    deletion: { reason?: string | undefined } = {},
    options?: CallOptions,
  ): Promise<void> {
    const request = { accountId: required(accountId, "accountId"), reason: deletion.reason };
    await this.#rpc.deleteAccount(request, toConnect(options));
  }

  /**
   * Shuts an account out of the API, until {@link Accounts.unblock}. Calls `BlockAccount`.
   *
   * @param block.reason - why; it must be given.
   * @returns what ended with it; a repeat answers zeros.
   */
  async block(accountId: string, block: { reason: string }, options?: CallOptions): Promise<BlockedAccount> {
    const request = {
      accountId: required(accountId, "accountId"),
      reason: required(block.reason, "reason"),
    };
    return toBlockedAccount(await this.#rpc.blockAccount(request, toConnect(options)));
  }

  /** Lets a blocked account in again; fine where it is not blocked. Calls `UnblockAccount`. */
  async unblock(accountId: string, options?: CallOptions): Promise<void> {
    await this.#rpc.unblockAccount({ accountId: required(accountId, "accountId") }, toConnect(options));
  }

  /**
   * The organizations that the caller's email domain opens to them and that they have not joined. Pages have 25 items
   * unless told otherwise, and 100 at most, here and below. Calls `ListJoinableOrganizations`.
   *
   * @example
   * ```ts
   * for await (const { organizationName } of client.accounts.listJoinableOrganizations()) console.log(organizationName);
   * ```
   */
  listJoinableOrganizations(options?: ListOptions): List<JoinableOrganization> {
    return listByToken(async (pagination, callOptions) => {
      const response = await this.#rpc.listJoinableOrganizations({ pagination }, toConnect(callOptions));
      const items = response.joinableOrganizations.map(toJoinableOrganization);
      return { items, pagination: response.pagination };
    }, options);
  }

  /** The ways to log in, for everybody or for whom the filter describes. Needs no token. Calls `ListLoginProviders`. */
  listLoginProviders(filter: LoginFilter = {}, options?: ListOptions): List<LoginProvider> {
    return listByToken(async (pagination, callOptions) => {
      const request = { pagination, filter: toFilter(filter) };
      const response = await this.#rpc.listLoginProviders(request, toConnect(callOptions));
      return { items: response.loginProviders.map(toLoginProvider), pagination: response.pagination };
    }, options);
  }

  /**
   * Whether an organization's own single sign-on can be used besides the providers of {@link Accounts.listLoginProviders}.
   * Needs no token. Calls `ListLoginProviders`, for a page of one.
   */
  async allowsCustomLogin(filter: LoginFilter = {}, options?: CallOptions): Promise<boolean> {
    const request = { pagination: { pageSize: 1 }, filter: toFilter(filter) };
    const { allowCustom } = await this.#rpc.listLoginProviders(request, toConnect(options));
    return allowCustom;
  }

  /** The single sign-on logins of an email's domain; none where it has none. Needs no token. Calls `ListSSOLogins`. */
  listSsoLogins(login: SsoRequest, options?: ListOptions): List<SsoLogin> {
    return listByToken(async (pagination, callOptions) => {
      const request = { ...toSsoRequest(login), pagination };
      const response = await this.#rpc.listSSOLogins(request, toConnect(callOptions));
      return { items: response.logins.map(toSsoLogin), pagination: response.pagination };
    }, options);
  }

  /**
   * Where to send the browser of somebody who logs in by single sign-on. Needs no token. Calls `GetSSOLoginURL`.
   *
   * @returns a URL, which `returnTo` travels along with.
   * @throws NotFoundError where the email's domain has no single sign-on.
   */
  async getSsoLoginUrl(login: SsoRequest, options?: CallOptions): Promise<string> {
    const { loginUrl } = await this.#rpc.getSSOLoginURL(toSsoRequest(login), toConnect(options));
    return loginUrl;
  }
}

/** An empty value is a mistake, not "everybody". */
function toFilter({ inviteId, email }: LoginFilter) {
  return {
    ...(inviteId !== undefined && { inviteId: required(inviteId, "inviteId") }),
    ...(email !== undefined && { email: required(email, "email") }),
  };
}

function toSsoRequest({ email, returnTo }: SsoRequest) {
  return { email: required(email, "email"), returnTo };
}
