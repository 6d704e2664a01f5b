/**
 * Ona's RPCs, for `client.call`.
 *
 * @packageDocumentation
 */

export * from "../../gen/gitpod/v1/account_methods.js";
