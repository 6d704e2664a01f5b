/**
 * The RPCs of Fetch Ads Manager, for `client.call`.
 *
 * @packageDocumentation
 */

export * from "../../gen/fam/v1/account_methods.js";
export * from "../../gen/fam/v1/billing_methods.js";
export * from "../../gen/fam/v1/member_methods.js";
