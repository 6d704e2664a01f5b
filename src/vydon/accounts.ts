import {
  convertPersonalToTeamAccount,
  createTeamAccount,
  getAccountOnboardingConfig,
  getAccountTemporalConfig,
  getUserAccounts,
  isUserInAccount,
  setAccountOnboardingConfig,
  setAccountTemporalConfig,
  setPersonalAccount,
} from "../../gen/mgmt/v1alpha1/user_account_methods.js";
import type { AccountOnboardingConfigJson } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import type { ApiPromise } from "../core/call/api-promise.js";
import type { Caller } from "../core/call/caller.js";
import type { CallOptions } from "../core/call/options.js";
import { fieldsOf, flag, required, requiredText } from "../core/checks/arguments.js";
import { bool, requiredString } from "../core/json/fields.js";
import type { List, ListOptions } from "../core/lists/list.js";
import { listAll } from "../core/lists/list-all.js";
import {
  inConfig,
  onboardingFlags,
  toAccounts,
  toConvertedTeam,
  toCreatedTeam,
  toOnboardingConfig,
  toTemporalConfig,
  type VydonAccount,
  type VydonConvertedTeam,
  type VydonCreatedTeam,
  type VydonOnboardingChanges,
  type VydonOnboardingConfig,
  type VydonTemporalConfig,
} from "./models/account.js";

/** The caller's accounts and their settings: `client.accounts`. */
export class VydonAccounts {
  readonly #call: Caller;

  /** @internal */
  constructor(call: Caller) {
    this.#call = call;
  }

  /** Lists the accounts that the caller belongs to, in one page. Calls `GetUserAccounts`. */
  list(options?: ListOptions): List<VydonAccount> {
    return listAll(this.#call, getUserAccounts, () => ({}), toAccounts, options);
  }

  /**
   * Creates a team account with the caller as its admin. A second call fails with `AlreadyExistsError`, so a failed
   * call is retried only if the server certainly did not act. Calls `CreateTeamAccount`.
   *
   * @returns the team's id and, in the cloud, the page for subscribing.
   * @throws InvalidArgumentError if the name is not 3 to 100 lower-case letters, digits and dashes.
   * @throws AlreadyExistsError if the caller has an account with this name.
   * @throws PermissionDeniedError if the server requires no tokens.
   * @throws ApiError with the code `unknown` if billing fails, in the cloud. Billing always fails for an API key. The account
   * was created, so a second call fails with `AlreadyExistsError`.
   */
  createTeam(
    team: {
      /** 3 to 100 lower-case letters, digits and dashes. */
      name: string;
    },
    options?: CallOptions,
  ): ApiPromise<VydonCreatedTeam> {
    return this.#call(
      createTeamAccount,
      () => required({ name: fieldsOf(team, "team").name }),
      toCreatedTeam,
      options,
    );
  }

  /** Returns the caller's personal account, which the first call creates. Calls `SetPersonalAccount`. */
  ensurePersonal(options?: CallOptions): ApiPromise<{
    /** UUID of the personal account. */
    accountId: string;
  }> {
    return this.#call(
      setPersonalAccount,
      () => ({}),
      (json) => ({ accountId: requiredString(json, "accountId") }),
      options,
    );
  }

  /**
   * Converts a personal account to a team account, which keeps its id and its content. The caller gets a new, empty
   * personal account. A second call could convert that one, so a failed call is retried only if the server certainly
   * did not act. Calls `ConvertPersonalToTeamAccount`.
   *
   * @returns the ids of the team and of the new personal account and, in the cloud, the page for subscribing.
   * @throws InvalidArgumentError if the name is not 3 to 100 lower-case letters, digits and dashes.
   * @throws AlreadyExistsError if the caller has an account with this name.
   * @throws NotFoundError if `accountId` is not a personal account of the caller.
   * @throws ApiError with the code `unknown` if `accountId` is left out and the caller has no personal account. The
   * same error, in the cloud, if billing fails. Billing always fails for an API key. The account is a team already.
   * @throws PermissionDeniedError if the server requires no tokens.
   */
  convertToTeam(
    team: {
      /** 3 to 100 lower-case letters, digits and dashes. */
      name: string;
      /** UUID of the personal account. Default: the caller's own. */
      accountId?: string | undefined;
    },
    options?: CallOptions,
  ): ApiPromise<VydonConvertedTeam> {
    return this.#call(
      convertPersonalToTeamAccount,
      () => {
        const { name, accountId } = fieldsOf(team, "team");
        return {
          ...required({ name }),
          ...(accountId !== undefined && { accountId: requiredText(accountId, "accountId") }),
        };
      },
      toConvertedTeam,
      options,
    );
  }

  /**
   * Checks whether the caller belongs to an account. Returns false if the account does not exist. Calls
   * `IsUserInAccount`.
   */
  includesMe(accountId: string, options?: CallOptions): ApiPromise<boolean> {
    return this.#call(
      isUserInAccount,
      () => required({ accountId }),
      (json) => bool(json, "ok"),
      options,
    );
  }

  /**
   * Returns the set-up flags of an account. Calls `GetAccountOnboardingConfig`.
   *
   * @throws PermissionDeniedError if the caller is not in the account.
   */
  getOnboarding(accountId: string, options?: CallOptions): ApiPromise<VydonOnboardingConfig> {
    return this.#call(
      getAccountOnboardingConfig,
      () => required({ accountId }),
      inConfig(toOnboardingConfig),
      options,
    );
  }

  /**
   * Replaces the set-up flags of an account. Flags that are left out become false. Calls `SetAccountOnboardingConfig`.
   *
   * @returns the new flags, as the server stores them.
   * @throws PermissionDeniedError if the caller is not an admin of the account.
   */
  setOnboarding(
    accountId: string,
    config: VydonOnboardingChanges,
    options?: CallOptions,
  ): ApiPromise<VydonOnboardingConfig> {
    return this.#call(
      setAccountOnboardingConfig,
      () => ({ ...required({ accountId }), config: fromOnboardingConfig(config) }),
      inConfig(toOnboardingConfig),
      options,
    );
  }

  /**
   * Returns the Temporal configuration of a self-hosted account. Calls `GetAccountTemporalConfig`.
   *
   * @throws UnimplementedError on cloud servers.
   * @throws PermissionDeniedError if the caller is not in the account.
   */
  getTemporalConfig(accountId: string, options?: CallOptions): ApiPromise<VydonTemporalConfig> {
    return this.#call(
      getAccountTemporalConfig,
      () => required({ accountId }),
      inConfig(toTemporalConfig),
      options,
    );
  }

  /**
   * Replaces the Temporal configuration of a self-hosted account. Calls `SetAccountTemporalConfig`.
   *
   * @returns the new configuration, as the server stores it.
   * @throws UnimplementedError on cloud servers.
   * @throws PermissionDeniedError if the caller is not an admin of the account.
   */
  setTemporalConfig(
    accountId: string,
    config: VydonTemporalConfig,
    options?: CallOptions,
  ): ApiPromise<VydonTemporalConfig> {
    return this.#call(
      setAccountTemporalConfig,
      () => {
        const { url, namespace, syncJobQueueName } = fieldsOf(config, "config");
        return { ...required({ accountId }), config: required({ url, namespace, syncJobQueueName }) };
      },
      inConfig(toTemporalConfig),
      options,
    );
  }
}

/** Returns the flags to send. Flags that are left out, or undefined, are not sent. */
function fromOnboardingConfig(config: VydonOnboardingChanges): AccountOnboardingConfigJson {
  const given = fieldsOf(config, "config");
  const json: AccountOnboardingConfigJson = {};
  for (const name of onboardingFlags) {
    const value = given[name];
    if (value !== undefined) json[name] = flag(value, `config.${name}`);
  }
  return json;
}
