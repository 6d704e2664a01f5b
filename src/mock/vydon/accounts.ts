import { failure } from "../engine/errors.js";
import type { Access } from "./access.js";
import { toAccount } from "./messages.js";
import type { Rpcs } from "./rpcs.js";
import { type AccountRow, accountsOf, addAccount, type TemporalConfig, type Vydon } from "./state.js";
import { newCheckoutUrl, newCustomer } from "./stripe.js";

type AccountRpcs = Pick<
  Rpcs,
  | "getUserAccounts"
  | "createTeamAccount"
  | "setPersonalAccount"
  | "convertPersonalToTeamAccount"
  | "isUserInAccount"
  | "getAccountOnboardingConfig"
  | "setAccountOnboardingConfig"
  | "getAccountTemporalConfig"
  | "setAccountTemporalConfig"
>;

/** What an account has that never set its own. */
const defaultTemporal: TemporalConfig = {
  url: "localhost:7233",
  namespace: "default",
  syncJobQueueName: "sync-job",
};

/** Accounts, and their settings. */
export function createAccounts(vydon: Vydon, access: Access): AccountRpcs {
  const { state, ids, cloud } = vydon;

  function checkout(): { checkoutSessionUrl?: string } {
    return cloud ? { checkoutSessionUrl: newCheckoutUrl(ids) } : {};
  }

  return {
    getUserAccounts(_request, caller) {
      const userId = access.userId(caller);
      const accounts =
        caller.kind === "api_key" ? [access.entered(caller, caller.accountId)] : accountsOf(state, userId);
      return { accounts: accounts.map(toAccount) };
    },

    createTeamAccount({ name }, caller) {
      const userId = access.personId(caller);
      refuseTaken(accountsOf(state, userId), name);
      const { id } = addAccount(
        vydon,
        { name, type: "team", stripeCustomerId: cloud ? newCustomer(ids) : null },
        userId,
      );
      return { accountId: id, ...checkout() };
    },

    setPersonalAccount(_request, caller) {
      const userId = access.personId(caller);
      const account = accountsOf(state, userId).find(isPersonal) ?? addPersonal(vydon, userId);
      return { accountId: account.id };
    },

    convertPersonalToTeamAccount({ accountId, name }, caller) {
      const userId = access.personId(caller);
      const accounts = accountsOf(state, userId);
      const account = accounts.find(
        (row) => isPersonal(row) && (accountId === undefined || row.id === accountId),
      );
      if (account === undefined) throw failure("not_found", "unable to find personal account");
      refuseTaken(accounts, name);
      state.accounts.update(account.id, {
        name,
        type: "team",
        stripeCustomerId: account.stripeCustomerId ?? (cloud ? newCustomer(ids) : null),
      });
      const { id } = addPersonal(vydon, userId);
      return { accountId: account.id, newPersonalAccountId: id, ...checkout() };
    },

    isUserInAccount({ accountId }, caller) {
      return { ok: access.isIn(caller, accountId) };
    },

    getAccountOnboardingConfig({ accountId }, caller) {
      return { config: access.account(caller, accountId, "view").onboarding ?? {} };
    },

    setAccountOnboardingConfig({ accountId, config }, caller) {
      access.account(caller, accountId, "edit");
      const onboarding = {
        hasCreatedSourceConnection: config?.hasCreatedSourceConnection ?? false,
        hasCreatedDestinationConnection: config?.hasCreatedDestinationConnection ?? false,
        hasCreatedJob: config?.hasCreatedJob ?? false,
        hasInvitedMembers: config?.hasInvitedMembers ?? false,
        hasCompletedOnboarding: config?.hasCompletedOnboarding ?? false,
      };
      state.accounts.update(accountId, { onboarding });
      return { config: onboarding };
    },

    getAccountTemporalConfig({ accountId }, caller) {
      refuseInCloud(cloud);
      return { config: access.account(caller, accountId, "view").temporal ?? defaultTemporal };
    },

    setAccountTemporalConfig({ accountId, config }, caller) {
      refuseInCloud(cloud);
      access.account(caller, accountId, "edit");
      const { url = "", namespace = "", syncJobQueueName = "" } = config ?? {};
      if (url === "" || namespace === "" || syncJobQueueName === "") {
        throw failure(
          "invalid_argument",
          "must provide url, namespace and sync job queue name of the temporal config",
        );
      }
      const temporal = { url, namespace, syncJobQueueName };
      state.accounts.update(accountId, { temporal });
      return { config: temporal };
    },
  };
}

function isPersonal({ type }: AccountRow): boolean {
  return type === "personal";
}

function addPersonal(vydon: Vydon, userId: string): AccountRow {
  return addAccount(vydon, { name: "personal", type: "personal" }, userId);
}

function refuseTaken(accounts: readonly AccountRow[], name: string): void {
  if (accounts.some((account) => account.name.toLowerCase() === name.toLowerCase())) {
    throw failure("already_exists", `team account with the name ${name} already exists`);
  }
}

function refuseInCloud(cloud: boolean): void {
  if (cloud) throw failure("unimplemented", "temporal configuration is not available in the cloud");
}
