import type { Client } from "@connectrpc/connect";
import type { AccountService } from "../../gen/fam/v1/account_pb.js";
import { required } from "../core/convert.js";
import type { List, ListOptions } from "../core/list.js";
import { listAll } from "../core/list-all.js";
import { type CallOptions, toConnect } from "../core/options.js";
import {
  type Account,
  type AccountAccess,
  accountTypes,
  type CreatableAccountType,
  type CreatedAccount,
  type Permissions,
  toAccount,
  toAccountAccess,
  toCreatedAccount,
  toPermissions,
} from "./models.js";

/** Ad accounts, and what the caller may do in them: `client.accounts`. */
export class Accounts {
  readonly #rpc: Client<typeof AccountService>;

  /** @internal */
  constructor(rpc: Client<typeof AccountService>) {
    this.#rpc = rpc;
  }

  /**
   * The accounts that the caller has a part in, in one page. Calls `ListMyPermissions`.
   *
   * @example
   * ```ts
   * for await (const account of client.accounts.list()) console.log(account.name, account.permissions);
   * ```
   */
  list(options?: ListOptions): List<AccountAccess> {
    return listAll(async (callOptions) => {
      const { accounts } = await this.#rpc.listMyPermissions({}, toConnect(callOptions));
      return accounts.map(toAccountAccess);
    }, options);
  }

  /**
   * Makes an account that the caller owns. A repeat makes another one, so it is not retried after a failure that leaves
   * open whether the server acted. Calls `CreateAccount`.
   *
   * @param account.type - what kind. Default: the server's.
   * @returns the new account, which starts unverified.
   */
  async create(
    account: { name: string; type?: CreatableAccountType | undefined },
    options?: CallOptions,
  ): Promise<CreatedAccount> {
    const request = {
      name: required(account.name, "name"),
      ...(account.type !== undefined && { type: accountTypes.toValue(account.type, "type") }),
    };
    return toCreatedAccount(await this.#rpc.createAccount(request, toConnect(options)));
  }

  /**
   * One account. Calls `GetAccount`.
   *
   * @throws NotFoundError where there is none of that id.
   * @throws PermissionDeniedError where the caller has no part in it, nor in an account above it.
   */
  async get(accountId: string, options?: CallOptions): Promise<Account> {
    const request = { id: required(accountId, "accountId") };
    const { account } = await this.#rpc.getAccount(request, toConnect(options));
    return toAccount(account);
  }

  /**
   * Renames an account. Calls `UpdateAccount`.
   *
   * @returns the account as it is now.
   * @throws NotFoundError where there is none of that id.
   * @throws PermissionDeniedError where the caller has no part in it, nor in an account above it.
   */
  async update(accountId: string, changes: { name: string }, options?: CallOptions): Promise<Account> {
    const request = { id: required(accountId, "accountId"), name: required(changes.name, "name") };
    const { account } = await this.#rpc.updateAccount(request, toConnect(options));
    return toAccount(account);
  }

  /**
   * Deletes an account. Calls `DeleteAccount`.
   *
   * @throws NotFoundError where there is none of that id, hence for a repeat too.
   * @throws PermissionDeniedError where the caller owns neither it nor an account above it.
   */
  async delete(accountId: string, options?: CallOptions): Promise<void> {
    await this.#rpc.deleteAccount({ id: required(accountId, "accountId") }, toConnect(options));
  }

  /** Who the caller is, and what they may do, in each account and above them. Calls `ListMyPermissions`. */
  async permissions(options?: CallOptions): Promise<Permissions> {
    return toPermissions(await this.#rpc.listMyPermissions({}, toConnect(options)));
  }
}
