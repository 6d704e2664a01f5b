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
import { fieldsOf, required, requiredText } from "../core/checks/arguments.js";
import { bool, object, requiredString } from "../core/json/fields.js";
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

/** Who login providers are for. Default: everybody. */
export interface OnaLoginFilter {
  /** Somebody who holds this invite, a UUID. */
  readonly inviteId?: string | undefined;
  /** Somebody who has this email. */
  readonly email?: string | undefined;
}

/** Who logs in by single sign-on, and the page that they want to see afterwards. */
export interface OnaSsoRequest {
  /** The email whose domain decides. */
  readonly email: string;
  /** The page to open in the browser after the login, an absolute URL. An empty string is not sent. */
  readonly returnTo?: string | undefined;
}

/** People's accounts, and the ways to log in to them: `client.accounts`. */
export class OnaAccounts {
  readonly #call: Caller;

  /** @internal */
  constructor(call: Caller) {
    this.#call = call;
  }

  /**
   * The caller's account, with the organizations that they are in. Calls `GetAccount`.
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
   * Deletes an account for good. A repeat fails with `NotFoundError`, so the call is not repeated after a failure unless it
   * is sure that the server did not act. Calls `DeleteAccount`.
   *
   * @throws FailedPreconditionError if the account is still in an organization.
   * @throws NotFoundError if there is no such account.
   * @throws PermissionDeniedError if it is another person's.
   */
  delete(
    accountId: string,
    deletion: {
      /** Why, in the caller's words, in at most 256 characters. An empty string is not sent. */
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
      () => {},
      options,
    );
  }

  /**
   * Shuts an account out of the API, until {@link OnaAccounts.unblock}. Calls `BlockAccount`.
   *
   * @returns how many environments and subscriptions ended; zeros if the account was blocked before.
   * @throws NotFoundError if there is no such account.
   */
  block(
    accountId: string,
    block: {
      /** Why, in the caller's words, in 1 to 1024 characters. */
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
   * Lets a blocked account in again. Succeeds if it is not blocked. Calls `UnblockAccount`.
   *
   * @throws NotFoundError if there is no such account.
   */
  unblock(accountId: string, options?: CallOptions): ApiPromise<void> {
    return this.#call(
      unblockAccount,
      () => required({ accountId }),
      () => {},
      options,
    );
  }

  /**
   * The organizations that the caller may join because of their email's domain, and has not joined. Here and below, pages
   * have 25 items by default, and at most 100. Calls `ListJoinableOrganizations`.
   *
   * @example
   * ```ts
   * for await (const { organizationName } of client.accounts.listJoinableOrganizations()) console.log(organizationName);
   * ```
   */
  listJoinableOrganizations(options?: ListOptions): List<OnaJoinableOrganization> {
    const read = inPage("joinableOrganizations", toJoinableOrganization);
    return listByToken(
      (pagination, callOptions) =>
        this.#call(listJoinableOrganizations, () => ({ pagination }), read, callOptions),
      options,
    );
  }

  /**
   * The ways to log in, for everybody or for the people that the filter describes. Needs no token. Calls
   * `ListLoginProviders`.
   */
  listLoginProviders(filter: OnaLoginFilter = {}, options?: ListOptions): List<OnaLoginProvider> {
    const read = inPage("loginProviders", toLoginProvider);
    return listByToken(
      (pagination, callOptions) =>
        this.#call(listLoginProviders, () => ({ pagination, filter: toFilter(filter) }), read, callOptions),
      options,
    );
  }

  /**
   * Whether an organization's own single sign-on can be used in addition to the providers of
   * {@link OnaAccounts.listLoginProviders}. Needs no token. Calls `ListLoginProviders`, for a page of one.
   */
  allowsCustomLogin(filter: OnaLoginFilter = {}, options?: CallOptions): ApiPromise<boolean> {
    return this.#call(
      listLoginProviders,
      () => ({ pagination: { pageSize: 1 }, filter: toFilter(filter) }),
      (json) => bool(json, "allowCustom"),
      options,
    );
  }

  /**
   * The single sign-on logins of an email's domain. Empty if the domain has none. Needs no token. Calls `ListSSOLogins`.
   */
  listSsoLogins(login: OnaSsoRequest, options?: ListOptions): List<OnaSsoLogin> {
    const read = inPage("logins", toSsoLogin);
    return listByToken(
      (pagination, callOptions) =>
        this.#call(listSSOLogins, () => ({ ...toSsoRequest(login), pagination }), read, callOptions),
      options,
    );
  }

  /**
   * The page on which somebody logs in by single sign-on. Needs no token. Calls `GetSSOLoginURL`.
   *
   * @returns a URL to open in the browser. `returnTo` is part of it.
   * @throws NotFoundError if the email's domain has no single sign-on.
   */
  getSsoLoginUrl(login: OnaSsoRequest, options?: CallOptions): ApiPromise<string> {
    return this.#call(
      getSSOLoginURL,
      () => toSsoRequest(login),
      (json) => requiredString(json, "loginUrl"),
      options,
    );
  }
}

/** An empty value is a mistake. It does not mean everybody. */
function toFilter(filter: OnaLoginFilter) {
  const { inviteId, email } = fieldsOf(filter, "filter");
  return {
    ...(inviteId !== undefined && { inviteId: requiredText(inviteId, "inviteId") }),
    ...(email !== undefined && { email: requiredText(email, "email") }),
  };
}

function toSsoRequest(login: OnaSsoRequest) {
  const { email, returnTo = "" } = fieldsOf(login, "login");
  return { ...required({ email }), ...(returnTo !== "" && required({ returnTo })) };
}
