import {
  createAccountApiKey,
  deleteAccountApiKey,
  getAccountApiKey,
  getAccountApiKeys,
  regenerateAccountApiKey,
} from "../../gen/mgmt/v1alpha1/api_key_methods.js";
import type { ApiPromise } from "../core/call/api-promise.js";
import type { Caller } from "../core/call/caller.js";
import type { CallOptions } from "../core/call/options.js";
import { fieldsOf, required, requiredText, toTimestamp } from "../core/checks/arguments.js";
import type { ApiError } from "../core/errors/api-error.js";
import { AlreadyExistsError } from "../core/errors/errors.js";
import { nothing } from "../core/json/fields.js";
import type { List, ListOptions } from "../core/lists/list.js";
import { listAll } from "../core/lists/list-all.js";
import {
  inApiKey,
  inIssuedApiKey,
  toApiKeys,
  type VydonApiKey,
  type VydonIssuedApiKey,
} from "./models/api-key.js";

/** The API keys of accounts: `client.apiKeys`. Only people can call these methods. */
export class VydonApiKeys {
  readonly #call: Caller;

  /** @internal */
  constructor(call: Caller) {
    this.#call = call;
  }

  /**
   * Lists an account's keys, expired ones too, in one page and in no particular order. Calls `GetAccountApiKeys`.
   *
   * @throws UnauthenticatedError if the caller uses an API key.
   * @throws PermissionDeniedError if the caller is not in the account.
   */
  list(accountId: string, options?: ListOptions): List<VydonApiKey> {
    return listAll(this.#call, getAccountApiKeys, () => required({ accountId }), toApiKeys, options);
  }

  /**
   * Returns one key. Calls `GetAccountApiKey`.
   *
   * @throws NotFoundError if there is no key with this id.
   * @throws UnauthenticatedError if the caller uses an API key.
   * @throws PermissionDeniedError if the caller is not in the key's account.
   */
  get(keyId: string, options?: CallOptions): ApiPromise<VydonApiKey> {
    return this.#call(getAccountApiKey, () => ({ id: requiredText(keyId, "keyId") }), inApiKey, options);
  }

  /**
   * Creates a key for an account, personal or team. The caller must be an admin of it. A second call may fail because
   * the first one took the name, so a failed call is retried only if the server certainly did not act. Calls
   * `CreateAccountApiKey`.
   *
   * @returns the key with its `keyValue`, which no other call returns.
   * @throws InvalidArgumentError if the name is not valid, or if `expiresAt` is past or more than 365 days from now.
   * @throws AlreadyExistsError if the account has a key with this name. Servers send their database's error with the
   * code `unknown`, which the client converts. `rawMessage` is the server's own text.
   * @throws UnauthenticatedError if the caller uses an API key.
   * @throws PermissionDeniedError if the caller is not an admin of the account.
   *
   * @example
   * ```ts
   * const expiresAt = new Date(Date.now() + 90 * 86_400_000);
   * const { keyValue } = await client.apiKeys.create(accountId, { name: "nightly-sync", expiresAt });
   * const robot = new VydonClient({ baseUrl, auth: keyValue });
   * ```
   */
  create(
    accountId: string,
    key: {
      /** 3 to 100 lower-case letters, digits and dashes. It cannot be changed later. */
      name: string;
      /** When the key expires, at most 365 days from now. */
      expiresAt: Date;
    },
    options?: CallOptions,
  ): ApiPromise<VydonIssuedApiKey> {
    return this.#call(
      createAccountApiKey,
      () => {
        const { name, expiresAt } = fieldsOf(key, "key");
        return { ...required({ accountId, name }), expiresAt: toTimestamp(expiresAt, "expiresAt") };
      },
      inIssuedApiKey,
      options,
      toAlreadyExists,
    );
  }

  /**
   * Replaces a key's value and expiry, even if the key has expired. The old value stops working at once. The id, the
   * name and the machine user stay the same. A failed call is retried only if the server certainly did not act. Calls
   * `RegenerateAccountApiKey`.
   *
   * @returns the key with its new `keyValue`, which no other call returns.
   * @throws NotFoundError if there is no key with this id.
   * @throws InvalidArgumentError if `expiresAt` is past or more than 365 days from now.
   * @throws UnauthenticatedError if the caller uses an API key.
   * @throws PermissionDeniedError if the key exists, and the caller is not an admin of its account.
   */
  regenerate(
    keyId: string,
    key: {
      /** When the new value expires, at most 365 days from now. */
      expiresAt: Date;
    },
    options?: CallOptions,
  ): ApiPromise<VydonIssuedApiKey> {
    return this.#call(
      regenerateAccountApiKey,
      () => {
        const { expiresAt } = fieldsOf(key, "key");
        return { id: requiredText(keyId, "keyId"), expiresAt: toTimestamp(expiresAt, "expiresAt") };
      },
      inIssuedApiKey,
      options,
    );
  }

  /**
   * Deletes a key. It stops working at once. Succeeds if there is no key with this id. Calls `DeleteAccountApiKey`.
   *
   * @throws UnauthenticatedError if the caller uses an API key.
   * @throws PermissionDeniedError if the key exists, and the caller is not an admin of its account.
   */
  delete(keyId: string, options?: CallOptions): ApiPromise<void> {
    return this.#call(deleteAccountApiKey, () => ({ id: requiredText(keyId, "keyId") }), nothing, options);
  }
}

/**
 * Converts the database's error that the server sends if a name is taken. The server has no error of its own for a
 * taken name.
 */
function toAlreadyExists(error: ApiError): ApiError {
  const { code, rawMessage, method, attempts, requestId, details } = error;
  if (code !== "unknown" || !rawMessage.includes("account_api_keys_account_id_key_name")) return error;
  const text = "CreateAccountApiKey: the account has an API key of that name already. Choose another name.";
  return new AlreadyExistsError(text, { rawMessage, method, attempts, requestId, details, cause: error });
}
