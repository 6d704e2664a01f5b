import type { OnaAccounts } from "../../ona/accounts.js";
import type { OnaBilling } from "../../ona/billing.js";
import type { OnaDomains } from "../../ona/domains.js";
import type { OnaOrganizations } from "../../ona/organizations.js";
import type { OnaTokens } from "../../ona/tokens.js";
import type { Argument } from "../variables.js";

/** The reason for which `accounts.delete` deletes an account. */
export interface OnaDeletion extends Argument<OnaAccounts["delete"], 1> {}

/** The reason for which `accounts.block` blocks an account. */
export interface OnaBlock extends Argument<OnaAccounts["block"], 1> {}

/** The organization that `organizations.create` creates. */
export interface OnaNewOrganization extends Argument<OnaOrganizations["create"], 0> {}

/** The changes that `organizations.update` makes. */
export interface OnaOrganizationChanges extends Argument<OnaOrganizations["update"], 1> {}

/** The domain that `domains.create` adds. */
export interface OnaNewDomain extends Argument<OnaDomains["create"], 1> {}

/** The token that `tokens.create` creates. */
export interface OnaNewToken extends Argument<OnaTokens["create"], 1> {}

/** The tokens that `tokens.list` lists. */
export interface OnaTokenFilter extends Argument<OnaTokens["list"], 0> {}

/** The time up to which `billing.cumulativeUsage` counts. */
export interface OnaUsageTime extends Argument<OnaBilling["cumulativeUsage"], 1> {}
