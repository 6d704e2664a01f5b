/**
 * Ona's RPCs, for `client.call`.
 *
 * @packageDocumentation
 */

export * from "../../gen/gitpod/v1/account_methods.js";
export * from "../../gen/gitpod/v1/billing_methods.js";
export * from "../../gen/gitpod/v1/identity_methods.js";
export * from "../../gen/gitpod/v1/organization_service_methods.js";
export * from "../../gen/gitpod/v1/user_methods.js";
