/**
 * Vydon's RPCs, for `client.call`.
 *
 * @packageDocumentation
 */

export * from "../../gen/mgmt/v1alpha1/api_key_methods.js";
export * from "../../gen/mgmt/v1alpha1/auth_methods.js";
export * from "../../gen/mgmt/v1alpha1/user_account_methods.js";
