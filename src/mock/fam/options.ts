import { type Check, duration, object, optional, text, wholeNumber } from "../engine/check-json.js";
import type { Duration } from "../engine/time/duration.js";

/** The names under which FAM's services are mounted. */
export interface FamMounts {
  /** Default `fam.v1.AccountService`. */
  readonly accounts: string;
  /** Default `fam.v1.MemberService`. */
  readonly members: string;
  /** Default `fam.v1.BillingService`. */
  readonly billing: string;
}

/** How the mock's Fetch Ads Manager is set up. */
export interface FamOptions {
  /** How many members a page of `ListAccountMembers` has. Default 20. */
  perPage?: number;
  /** The names under which the services are mounted. The vendor publishes none, so the default names are ours. */
  services?: Partial<FamMounts>;
  /** How long an access token from `AcceptInvitation` or a refresh is valid. Default: an hour. */
  accessTokenLife?: Duration;
}

/** Checks FAM's options. @throws Error with the path to what is wrong. */
export const checkFamOptions: Check<FamOptions> = object({
  perPage: optional(wholeNumber(1)),
  services: optional(
    object<Partial<FamMounts>>({
      accounts: optional(text),
      members: optional(text),
      billing: optional(text),
    }),
  ),
  accessTokenLife: optional(duration),
});
