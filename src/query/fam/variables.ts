import type { FamAccounts } from "../../fam/accounts.js";
import type { FamInvites } from "../../fam/invites.js";
import type { Argument } from "../variables.js";

/** The account that `accounts.create` creates. */
export interface FamNewAccount extends Argument<FamAccounts["create"], 0> {}

/** The changes that `accounts.update` makes. */
export interface FamAccountChanges extends Argument<FamAccounts["update"], 1> {}

/** The invite that `invites.create` sends. */
export interface FamNewInvite extends Argument<FamInvites["create"], 1> {}

/** The invite that `invites.accept` accepts. */
export interface FamAcceptance extends Argument<FamInvites["accept"], 0> {}
