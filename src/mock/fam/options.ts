import { duration, object, optional, text, wholeNumber } from "../engine/check-json.js";
import type { Duration } from "../engine/time/duration.js";
import type { FamMounts } from "./controls/controls.js";

/** How the mock's Fetch Ads Manager is set up. */
export interface FamOptions {
  /** How many lines a page of `ListAccountMembers` has. Default 20. */
  perPage?: number;
  /** The names under which the services are mounted, if they are not ours: the vendor publishes none. */
  services?: Partial<FamMounts>;
  /** How long an access token lasts that `AcceptInvitation` or a refresh gives. Default an hour. */
  accessTokenLife?: Duration;
}

/** Checks FAM's options. @throws Error with the path to what is wrong. */
export const checkFamOptions = object<FamOptions>({
  perPage: optional(wholeNumber(1)),
  services: optional(
    object<FamMounts>({ accounts: optional(text), members: optional(text), billing: optional(text) }),
  ),
  accessTokenLife: optional(duration),
});
