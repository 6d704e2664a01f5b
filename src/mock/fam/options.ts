import { type Check, duration, object, optional, wholeNumber, wrong } from "../engine/check-json.js";
import type { Duration } from "../engine/time/duration.js";

/** The full names of FAM's services. */
export interface FamServiceNames {
  /** The name of the service of accounts. Default `fam.v1.AccountService`. */
  readonly accounts: string;
  /** The name of the service of members and invites. Default `fam.v1.MemberService`. */
  readonly members: string;
  /** The name of the service of billing. Default `fam.v1.BillingService`. */
  readonly billing: string;
}

/** The options of the mock's Fetch Ads Manager. */
export interface FamOptions {
  /** How many members a page of `ListAccountMembers` has at most, 1 or more. Default 20. */
  perPage?: number | undefined;
  /** The full names of the services. The vendor does not publish them, so the defaults are ours. */
  services?: { readonly [Name in keyof FamServiceNames]?: FamServiceNames[Name] | undefined } | undefined;
  /** How long an access token from `AcceptInvitation` or a refresh is valid. Default: an hour. */
  accessTokenLife?: Duration | undefined;
}

function serviceName(value: unknown, path: string): string {
  if (typeof value === "string" && /^[a-z_]\w*(\.[a-z_]\w*)*$/i.test(value)) return value;
  throw wrong(value, path, "the name of a service, such as fam.v1.AccountService");
}

/** Checks FAM's options. @throws Error with the path to the wrong value. */
export const checkFamOptions: Check<FamOptions> = object({
  perPage: optional(wholeNumber(1)),
  services: optional(
    object<NonNullable<FamOptions["services"]>>({
      accounts: optional(serviceName),
      members: optional(serviceName),
      billing: optional(serviceName),
    }),
  ),
  accessTokenLife: optional(duration),
});
