import { type Check, flag, object, optional } from "../engine/check-json.js";

/** The options of the mock's Ona. */
export interface OnaOptions {
  /** Whether an organization's own single sign-on can be used in addition to the login providers. Default true. */
  allowCustom?: boolean | undefined;
}

/** Checks Ona's options. @throws Error with the path to the wrong value. */
export const checkOnaOptions: Check<OnaOptions> = object({ allowCustom: optional(flag) });
