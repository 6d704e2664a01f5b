import { type Json, requiredString, string } from "../../core/json/fields.js";

/** A way to log in. */
export interface OnaLoginProvider {
  /** The provider's name, such as `github`, `google` or `custom`. */
  readonly provider: string;
  /** The page to open in the browser, for `custom`; empty for the others. */
  readonly loginUrl: string;
}

/** @internal */
export function toLoginProvider(json: Json): OnaLoginProvider {
  return { provider: requiredString(json, "provider"), loginUrl: string(json, "loginUrl") };
}

/** A way to log in by an organization's own single sign-on. */
export interface OnaSsoLogin {
  /** The name to show in a list of choices. */
  readonly displayName: string;
  /** The page to open in the browser. */
  readonly loginUrl: string;
}

/** @internal */
export function toSsoLogin(json: Json): OnaSsoLogin {
  return { displayName: string(json, "displayName"), loginUrl: requiredString(json, "loginUrl") };
}
