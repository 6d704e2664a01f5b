import { UserAccountService } from "../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { edit, type VydonRpcs, view } from "./access/rpcs.js";
import { needsSelfHosting } from "./options.js";
import type { VydonTemporalConfig } from "./state/rows.js";
import type { Vydon } from "./state/state.js";

const rpc = UserAccountService.method;

/** The Temporal configuration of an account that has none of its own. */
const defaultTemporal: VydonTemporalConfig = {
  url: "localhost:7233",
  namespace: "default",
  syncJobQueueName: "sync-job",
};

/** Creates the RPCs for the set-up flags and the Temporal configuration of accounts. */
export function createAccountSettings({ state }: Vydon, { forAccount }: VydonRpcs) {
  return {
    getAccountOnboardingConfig: forAccount(rpc.getAccountOnboardingConfig, view, (_request, { account }) => ({
      config: account.onboarding ?? {},
    })),

    setAccountOnboardingConfig: forAccount(
      rpc.setAccountOnboardingConfig,
      edit,
      ({ config }, { account }) => {
        // The server does not store the older flags.
        const onboarding = { hasCompletedOnboarding: config?.hasCompletedOnboarding ?? false };
        state.accounts.update(account.id, { onboarding });
        return { config: onboarding };
      },
    ),

    getAccountTemporalConfig: forAccount(
      rpc.getAccountTemporalConfig,
      { ...view, offered: needsSelfHosting },
      (_request, { account }) => ({ config: account.temporal ?? defaultTemporal }),
    ),

    setAccountTemporalConfig: forAccount(
      rpc.setAccountTemporalConfig,
      { ...edit, offered: needsSelfHosting },
      ({ config }, { account }) => {
        if (config === undefined) {
          state.accounts.update(account.id, { temporal: null });
          return { config: defaultTemporal };
        }
        const { url, namespace, syncJobQueueName } = config;
        const temporal = { url, namespace, syncJobQueueName };
        state.accounts.update(account.id, { temporal });
        return { config: temporal };
      },
    ),
  };
}
