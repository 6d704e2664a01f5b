import type { Client } from "@connectrpc/connect";
import type { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { required } from "../core/convert.js";
import type { List, ListOptions } from "../core/list.js";
import { listAll } from "../core/list-all.js";
import { type CallOptions, toConnect } from "../core/options.js";
import {
  type Account,
  type OnboardingConfig,
  type TemporalConfig,
  toAccount,
  toOnboardingConfig,
  toTemporalConfig,
} from "./models.js";

/** A team account that was just made. */
export interface CreatedTeam {
  /** UUID. */
  readonly accountId: string;
  /** Where to subscribe, in the cloud; undefined on self-hosted servers. */
  readonly checkoutSessionUrl: string | undefined;
}

/** A personal account that has just become a team. */
export interface ConvertedTeam extends CreatedTeam {
  /** UUID of the personal account that was made in place of the converted one. */
  readonly newPersonalAccountId: string;
}

/** The caller's accounts: `client.accounts`. */
export class Accounts {
  readonly #rpc: Client<typeof UserAccountService>;

  /** @internal */
  constructor(rpc: Client<typeof UserAccountService>) {
    this.#rpc = rpc;
  }

  /** The accounts that the caller belongs to, in one page. Calls `GetUserAccounts`. */
  list(options?: ListOptions): List<Account> {
    return listAll(async (callOptions) => {
      const { accounts } = await this.#rpc.getUserAccounts({}, toConnect(callOptions));
      return accounts.map(toAccount);
    }, options);
  }

  /**
   * Makes a team account with the caller as its admin. Calls `CreateTeamAccount`.
   *
   * @param team.name - 3 to 100 lower-case letters, digits and dashes.
   * @throws InvalidArgumentError where the name breaks that rule.
   * @throws AlreadyExistsError where the caller has an account of that name.
   */
  async createTeam(team: { name: string }, options?: CallOptions): Promise<CreatedTeam> {
    const request = { name: required(team.name, "name") };
    const { accountId, checkoutSessionUrl } = await this.#rpc.createTeamAccount(request, toConnect(options));
    return { accountId, checkoutSessionUrl };
  }

  /** Makes the caller's personal account; later calls answer the same one. Calls `SetPersonalAccount`. */
  async ensurePersonal(options?: CallOptions): Promise<{
    /** UUID of the personal account. */
    accountId: string;
  }> {
    const { accountId } = await this.#rpc.setPersonalAccount({}, toConnect(options));
    return { accountId };
  }

  /**
   * Turns a personal account into a team, which keeps its id and what is in it, and makes a new, empty personal account.
   * Calls `ConvertPersonalToTeamAccount`.
   *
   * @param team.accountId - the personal account. Default: the caller's first.
   * @throws NotFoundError where there is no such personal account of the caller's.
   * @throws AlreadyExistsError where the name is taken.
   */
  async convertToTeam(
    team: { name: string; accountId?: string | undefined },
    options?: CallOptions,
  ): Promise<ConvertedTeam> {
    const request = { name: required(team.name, "name"), accountId: team.accountId };
    const response = await this.#rpc.convertPersonalToTeamAccount(request, toConnect(options));
    const { accountId, checkoutSessionUrl, newPersonalAccountId } = response;
    return { accountId, checkoutSessionUrl, newPersonalAccountId };
  }

  /** Whether the caller belongs to an account; false for one that does not exist. Calls `IsUserInAccount`. */
  async includesMe(accountId: string, options?: CallOptions): Promise<boolean> {
    const request = { accountId: required(accountId, "accountId") };
    const { ok } = await this.#rpc.isUserInAccount(request, toConnect(options));
    return ok;
  }

  /** How far an account has come with its set-up. Calls `GetAccountOnboardingConfig`. */
  async getOnboarding(accountId: string, options?: CallOptions): Promise<OnboardingConfig> {
    const request = { accountId: required(accountId, "accountId") };
    const { config } = await this.#rpc.getAccountOnboardingConfig(request, toConnect(options));
    return toOnboardingConfig(config);
  }

  /**
   * Replaces what is known of an account's set-up; what is left out becomes false. Calls `SetAccountOnboardingConfig`.
   *
   * @returns the set-up as the server now has it.
   */
  async setOnboarding(
    accountId: string,
    config: Partial<OnboardingConfig>,
    options?: CallOptions,
  ): Promise<OnboardingConfig> {
    const request = { accountId: required(accountId, "accountId"), config };
    const response = await this.#rpc.setAccountOnboardingConfig(request, toConnect(options));
    return toOnboardingConfig(response.config);
  }

  /**
   * Where a self-hosted account's jobs run. Calls `GetAccountTemporalConfig`.
   *
   * @throws UnimplementedError in the cloud.
   */
  async getTemporalConfig(accountId: string, options?: CallOptions): Promise<TemporalConfig> {
    const request = { accountId: required(accountId, "accountId") };
    const { config } = await this.#rpc.getAccountTemporalConfig(request, toConnect(options));
    return toTemporalConfig(config);
  }

  /**
   * Sets where a self-hosted account's jobs run. Calls `SetAccountTemporalConfig`.
   *
   * @returns the configuration as the server now has it.
   * @throws UnimplementedError in the cloud.
   */
  async setTemporalConfig(
    accountId: string,
    config: TemporalConfig,
    options?: CallOptions,
  ): Promise<TemporalConfig> {
    const request = { accountId: required(accountId, "accountId"), config };
    const response = await this.#rpc.setAccountTemporalConfig(request, toConnect(options));
    return toTemporalConfig(response.config);
  }
}
