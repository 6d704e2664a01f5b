import {
  createAccount,
  deleteAccount,
  getAccount,
  listMyPermissions,
  updateAccount,
} from "../../gen/fam/v1/account_methods.js";
import type { ApiPromise } from "../core/call/api-promise.js";
import type { Caller } from "../core/call/caller.js";
import type { CallOptions } from "../core/call/options.js";
import { fieldsOf, required, requiredText } from "../core/checks/arguments.js";
import { nothing } from "../core/json/fields.js";
import type { List, ListOptions } from "../core/lists/list.js";
import { listAll } from "../core/lists/list-all.js";
import {
  accountTypes,
  type FamAccount,
  type FamAccountAccess,
  type FamCreatableAccountType,
  type FamCreatedAccount,
  type FamPermissions,
  inAccount,
  toAccountAccesses,
  toCreatedAccount,
  toPermissions,
} from "./models/account.js";

/** Ad accounts, and what the caller may do in them: `client.accounts`. */
export class FamAccounts {
  readonly #call: Caller;

  /** @internal */
  constructor(call: Caller) {
    this.#call = call;
  }

  /**
   * Lists the accounts that the caller has permissions in, in one page. Calls `ListMyPermissions`.
   *
   * @example
   * ```ts
   * for await (const account of client.accounts.list()) console.log(account.name, account.permissions);
   * ```
   */
  list(options?: ListOptions): List<FamAccountAccess> {
    return listAll(this.#call, listMyPermissions, () => ({}), toAccountAccesses, options);
  }

  /**
   * Returns one account. Calls `GetAccount`.
   *
   * @throws NotFoundError if there is no such account.
   * @throws PermissionDeniedError if the caller has no relation to it or to an account above it.
   */
  get(accountId: string, options?: CallOptions): ApiPromise<FamAccount> {
    return this.#call(getAccount, () => ({ id: requiredText(accountId, "accountId") }), inAccount, options);
  }

  /**
   * Creates an account that the caller owns. A second call would create another one, so a failed call is retried only
   * if the server certainly did not act. Calls `CreateAccount`.
   *
   * @returns the new account, which is unverified.
   */
  create(
    account: {
      /** Not empty. */
      name: string;
      /** The kind of account. Default: the server's. */
      type?: FamCreatableAccountType | undefined;
    },
    options?: CallOptions,
  ): ApiPromise<FamCreatedAccount> {
    return this.#call(
      createAccount,
      () => {
        const { name, type } = fieldsOf(account, "account");
        return {
          ...required({ name }),
          ...(type !== undefined && { type: accountTypes.toWire(type, "type") }),
        };
      },
      toCreatedAccount,
      options,
    );
  }

  /**
   * Renames an account. Calls `UpdateAccount`.
   *
   * @returns the account as it is now.
   * @throws NotFoundError if there is no such account.
   * @throws PermissionDeniedError if the caller has no relation to it or to an account above it.
   */
  update(
    accountId: string,
    changes: {
      /** Not empty. */
      name: string;
    },
    options?: CallOptions,
  ): ApiPromise<FamAccount> {
    return this.#call(
      updateAccount,
      () => ({
        id: requiredText(accountId, "accountId"),
        ...required({ name: fieldsOf(changes, "changes").name }),
      }),
      inAccount,
      options,
    );
  }

  /**
   * Deletes an account, and all accounts below it. A second call fails with `NotFoundError`, so a failed call is retried
   * only if the server certainly did not act. Calls `DeleteAccount`.
   *
   * @throws NotFoundError if there is no such account.
   * @throws PermissionDeniedError if the caller does not own the account or an account above it.
   */
  delete(accountId: string, options?: CallOptions): ApiPromise<void> {
    return this.#call(deleteAccount, () => ({ id: requiredText(accountId, "accountId") }), nothing, options);
  }

  /**
   * Returns the caller's user id, and their permissions in each account and above all accounts. Calls
   * `ListMyPermissions`.
   */
  permissions(options?: CallOptions): ApiPromise<FamPermissions> {
    return this.#call(listMyPermissions, () => ({}), toPermissions, options);
  }
}
