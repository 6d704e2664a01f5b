import type { VydonAccounts } from "../../vydon/accounts.js";
import type { VydonApiKeys } from "../../vydon/api-keys.js";
import type { VydonBilling } from "../../vydon/billing.js";
import type { VydonInvites } from "../../vydon/invites.js";
import type { Argument } from "../variables.js";

/** The team that `accounts.createTeam` creates. */
export interface VydonNewTeam extends Argument<VydonAccounts["createTeam"], 0> {}

/** The account that `accounts.convertToTeam` turns into a team. */
export interface VydonConversion extends Argument<VydonAccounts["convertToTeam"], 0> {}

/** The invite that `invites.create` sends. */
export interface VydonNewInvite extends Argument<VydonInvites["create"], 1> {}

/** The key that `apiKeys.create` creates. */
export interface VydonNewApiKey extends Argument<VydonApiKeys["create"], 1> {}

/** The changes that `apiKeys.regenerate` makes. */
export interface VydonKeyRenewal extends Argument<VydonApiKeys["regenerate"], 1> {}

/** The usage for which `billing.validity` checks an account. */
export interface VydonPlannedUsage extends Argument<VydonBilling["validity"], 1> {}

/** The accounts that `billing.listAccounts` lists. */
export interface VydonAccountFilter extends Argument<VydonBilling["listAccounts"], 0> {}
