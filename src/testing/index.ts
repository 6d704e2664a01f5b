/**
 * Checks for token stores of your own, for any test runner.
 *
 * @packageDocumentation
 */
export { type RefreshStep, refreshSteps, type StoreAndRefresh, withSteps } from "./steps.js";
export { type StoreCheck, storeConformance } from "./store-conformance.js";
export type { CorruptiblePlace, StorePlace } from "./world.js";
