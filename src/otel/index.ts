/**
 * OpenTelemetry spans and metrics of a client's calls. Needs `@opentelemetry/api`.
 *
 * @packageDocumentation
 */
export { type OtelOptions, otelHooks } from "./otel-hooks.js";
