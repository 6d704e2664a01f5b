import type { ForAccount, Rpcs } from "./access/rpcs.js";
import type { TemporalConfig, Vydon } from "./state/state.js";

type SettingRpcs = Rpcs<
  | "getAccountOnboardingConfig"
  | "setAccountOnboardingConfig"
  | "getAccountTemporalConfig"
  | "setAccountTemporalConfig",
  ForAccount
>;

/** What an account has that never set its own. */
const defaultTemporal: TemporalConfig = {
  url: "localhost:7233",
  namespace: "default",
  syncJobQueueName: "sync-job",
};

/** The settings of accounts. */
export function createSettings({ state }: Vydon): SettingRpcs {
  return {
    getAccountOnboardingConfig(_request, { account }) {
      return { config: account.onboarding ?? {} };
    },

    setAccountOnboardingConfig({ config }, { account }) {
      // The server no longer keeps the older fields.
      const onboarding = { hasCompletedOnboarding: config?.hasCompletedOnboarding ?? false };
      state.accounts.update(account.id, { onboarding });
      return { config: onboarding };
    },

    getAccountTemporalConfig(_request, { account }) {
      return { config: account.temporal ?? defaultTemporal };
    },

    setAccountTemporalConfig({ config }, { account }) {
      if (config === undefined) {
        state.accounts.update(account.id, { temporal: null });
        return { config: defaultTemporal };
      }
      const { url, namespace, syncJobQueueName } = config;
      const temporal = { url, namespace, syncJobQueueName };
      state.accounts.update(account.id, { temporal });
      return { config: temporal };
    },
  };
}
