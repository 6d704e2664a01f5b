import {
  blockAccount,
  deleteAccount,
  getAccount,
  getSSOLoginURL,
  listJoinableOrganizations,
  listLoginProviders,
  listSSOLogins,
  unblockAccount,
} from "../../gen/gitpod/v1/account_methods.js";
import type { ApiPromise } from "../core/call/api-promise.js";
import type { Caller } from "../core/call/caller.js";
import type { CallOptions } from "../core/call/options.js";
import { fieldsOf, required, requiredSecrets } from "../core/checks/arguments.js";
import { bool, nothing, object, requiredString } from "../core/json/fields.js";
import type { List, ListOptions } from "../core/lists/list.js";
import { listByToken } from "../core/lists/list-by-token.js";
import {
  type OnaAccount,
  type OnaBlockedAccount,
  type OnaJoinableOrganization,
  toAccount,
  toBlockedAccount,
  toJoinableOrganization,
} from "./models/account.js";
import { type OnaLoginProvider, type OnaSsoLogin, toLoginProvider, toSsoLogin } from "./models/login.js";
import { inPage } from "./models/page.js";

/** The person to list login providers for. Default: everyone. */
export interface OnaLoginFilter {
  /** A person with this invite, a UUID. */
  readonly inviteId?: string | undefined;
  /** A person with this email. */
  readonly email?: string | undefined;
}

/** The person who logs in by single sign-on, and the page to open afterwards. */
export interface OnaSsoRequest {
  /** The person's email. Its domain selects the single sign-on. */
  readonly email: string;
  /** The page to open after the login, an absolute URL. Default: the server's. An empty string is not sent. */
  readonly returnTo?: string | undefined;
}

/**
 * People's accounts, and the ways to log in to them: `client.accounts`. The methods for logging in are called without the
 * client's token, because the person may not have one yet.
 */
export class OnaAccounts {
  readonly #call: Caller;
  readonly #callWithoutToken: Caller;

  /** @internal */
  constructor(call: Caller, callWithoutToken: Caller) {
    this.#call = call;
    this.#callWithoutToken = callWithoutToken;
  }

  /**
   * Returns the caller's account, with the organizations that they are in. Calls `GetAccount`.
   *
   * @throws PermissionDeniedError if the account is blocked.
   */
  get(options?: CallOptions): ApiPromise<OnaAccount> {
    return this.#call(
      getAccount,
      () => ({}),
      (json) => object(json, "account", toAccount),
      options,
    );
  }

  /**
   * Deletes an account for good. A second call fails with `NotFoundError`, so a failed call is retried only if the
   * server certainly did not act. Calls `DeleteAccount`.
   *
   * @throws FailedPreconditionError if the account is still in an organization.
   * @throws NotFoundError if there is no such account.
   * @throws PermissionDeniedError if it is another person's account.
   */
  delete(
    accountId: string,
    deletion: {
      /** The reason, in the caller's words, up to 256 characters. Default: none. An empty string is not sent. */
      reason?: string | undefined;
    } = {},
    options?: CallOptions,
  ): ApiPromise<void> {
    return this.#call(
      deleteAccount,
      () => {
        const { reason = "" } = fieldsOf(deletion, "deletion");
        return { ...required({ accountId }), ...(reason !== "" && required({ reason })) };
      },
      nothing,
      options,
    );
  }

  /**
   * Blocks an account from the API until {@link OnaAccounts.unblock}. Calls `BlockAccount`.
   *
   * @returns how many environments and subscriptions ended; zeros if the account was blocked before.
   * @throws NotFoundError if there is no such account.
   */
  block(
    accountId: string,
    block: {
      /** The reason, in the caller's words, 1 to 1024 characters. */
      reason: string;
    },
    options?: CallOptions,
  ): ApiPromise<OnaBlockedAccount> {
    return this.#call(
      blockAccount,
      () => required({ accountId, reason: fieldsOf(block, "block").reason }),
      toBlockedAccount,
      options,
    );
  }

  /**
   * Unblocks an account. Succeeds if it is not blocked. Calls `UnblockAccount`.
   *
   * @throws NotFoundError if there is no such account.
   */
  unblock(accountId: string, options?: CallOptions): ApiPromise<void> {
    return this.#call(unblockAccount, () => required({ accountId }), nothing, options);
  }

  /**
   * Lists the organizations that the caller has not joined, and may join because of their email's domain. Pages have 25
   * items by default, and at most 100. Calls `ListJoinableOrganizations`.
   *
   * @example
   * ```ts
   * for await (const { organizationName } of client.accounts.listJoinableOrganizations()) console.log(organizationName);
   * ```
   */
  listJoinableOrganizations(options?: ListOptions): List<OnaJoinableOrganization> {
    return listByToken(
      this.#call,
      listJoinableOrganizations,
      (pagination) => ({ pagination }),
      inPage("joinableOrganizations", toJoinableOrganization),
      options,
    );
  }

  /**
   * Lists the ways to log in, for everyone or for one person. Needs no token. Pages have 25 items by default, and at
   * most 100. Calls `ListLoginProviders`.
   */
  listLoginProviders(filter: OnaLoginFilter = {}, options?: ListOptions): List<OnaLoginProvider> {
    return listByToken(
      this.#callWithoutToken,
      listLoginProviders,
      (pagination, _, secrets) => ({ pagination, filter: toFilter(filter, secrets) }),
      inPage("loginProviders", toLoginProvider),
      options,
    );
  }

  /**
   * Checks whether an organization's own single sign-on can be used in addition to the providers of
   * {@link OnaAccounts.listLoginProviders}. Needs no token. Calls `ListLoginProviders`, for a page with one item.
   */
  allowsCustomLogin(filter: OnaLoginFilter = {}, options?: CallOptions): ApiPromise<boolean> {
    return this.#callWithoutToken(
      listLoginProviders,
      (secrets) => ({ pagination: { pageSize: 1 }, filter: toFilter(filter, secrets) }),
      (json) => bool(json, "allowCustom"),
      options,
    );
  }

  /**
   * Lists the single sign-on logins of an email's domain. The list is empty if the domain has none. Needs no token.
   * Pages have 25 items by default, and at most 100. Calls `ListSSOLogins`.
   */
  listSsoLogins(login: OnaSsoRequest, options?: ListOptions): List<OnaSsoLogin> {
    return listByToken(
      this.#callWithoutToken,
      listSSOLogins,
      (pagination) => ({ ...toSsoRequest(login), pagination }),
      inPage("logins", toSsoLogin),
      options,
    );
  }

  /**
   * Returns the URL of the page where a person logs in by single sign-on. Needs no token. Calls `GetSSOLoginURL`.
   *
   * @returns the URL, to open in the browser. `returnTo` is part of it.
   * @throws NotFoundError if the email's domain has no single sign-on.
   */
  getSsoLoginUrl(login: OnaSsoRequest, options?: CallOptions): ApiPromise<string> {
    return this.#callWithoutToken(
      getSSOLoginURL,
      () => toSsoRequest(login),
      (json) => requiredString(json, "loginUrl"),
      options,
    );
  }
}

/**
 * Returns the filter of a request. An empty value throws, because it is more likely a mistake than a request for
 * everyone.
 */
function toFilter(filter: OnaLoginFilter, secrets: string[]) {
  const { inviteId, email } = fieldsOf(filter, "filter");
  return {
    ...(inviteId !== undefined && requiredSecrets({ inviteId }, secrets)),
    ...(email !== undefined && required({ email })),
  };
}

function toSsoRequest(login: OnaSsoRequest) {
  const { email, returnTo = "" } = fieldsOf(login, "login");
  return { ...required({ email }), ...(returnTo !== "" && required({ returnTo })) };
}
