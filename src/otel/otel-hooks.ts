import { type Meter, metrics, type Tracer, trace } from "@opentelemetry/api";
import type { Hooks } from "../core/call/hooks.js";
import { type Checks, checkOptions, oneOf, withMethods } from "../core/checks/check-options.js";
import { variable } from "../core/env.js";
import { callMetrics, callSpans } from "./calls.js";
import { requestMetrics, requestSpans } from "./requests.js";

/** Options of {@link otelHooks}. */
export interface OtelOptions {
  /** The tracer for spans. Default: the global provider's tracer "tenantry". */
  readonly tracer?: Tracer | undefined;
  /**
   * The meter for measurements. Default: the meter "tenantry" of the provider that is global when `otelHooks` is
   * called.
   */
  readonly meter?: Meter | undefined;
  /**
   * The semantic conventions to follow: "rpc" for the stable ones, "rpc/dup" for the stable ones and also the older
   * metrics, "" for the older ones. Default: the one in the list of the environment variable
   * `OTEL_SEMCONV_STABILITY_OPT_IN`.
   */
  readonly semconv?: "" | "rpc" | "rpc/dup" | undefined;
}

/**
 * Returns hooks that create OpenTelemetry spans and metrics for a client's calls, by the semantic conventions for RPC.
 * With `OTEL_SEMCONV_STABILITY_OPT_IN=rpc`, these are the stable conventions:
 *
 * - a client span for each call, a child of the active span, named `package.Service/Method`, with `rpc.system.name`,
 *   `rpc.method`, `rpc.response.status_code`, `server.*`, `error.type`, and `tenantry.attempts`;
 * - below it a client span for each request, with `tenantry.attempt` and `tenantry.request_id`;
 * - the histogram `rpc.client.call.duration` (seconds), one value for each call.
 *
 * Without it, these are the older conventions:
 *
 * - a client span for each request (a retried call has several), with `rpc.system`, `rpc.service`, `rpc.method`,
 *   `server.*`, `error.type`, `tenantry.attempt` and `tenantry.request_id`;
 * - the histograms `rpc.client.duration` (milliseconds), `rpc.client.request.size` and `rpc.client.response.size`
 *   (bytes), one value for each request.
 *
 * In both, the request's headers contain the trace's context, from the global propagator. The data contains no token,
 * header or message.
 *
 * @throws InvalidArgumentError if an option is wrong.
 *
 * @example
 * ```ts
 * const client = new VydonClient({ baseUrl, auth, hooks: otelHooks() });
 * ```
 */
export function otelHooks(options: OtelOptions = {}): Hooks {
  const checks: Checks<OtelOptions> = {
    tracer: withMethods("startSpan"),
    meter: withMethods("createHistogram"),
    semconv: oneOf("", "rpc", "rpc/dup"),
  };
  checkOptions(options, checks, "otelHooks");
  const { tracer = trace.getTracer("tenantry"), meter = metrics.getMeter("tenantry") } = options;
  const optIns = (options.semconv ?? variable("OTEL_SEMCONV_STABILITY_OPT_IN") ?? "")
    .split(",")
    .map((category) => category.trim());
  if (optIns.includes("rpc/dup"))
    return combine(callSpans(tracer), callMetrics(meter), requestMetrics(meter));
  if (optIns.includes("rpc")) return combine(callSpans(tracer), callMetrics(meter));
  return combine(requestSpans(tracer), requestMetrics(meter));
}

/** Combines several sets of hooks. */
function combine(...parts: Hooks[]): Hooks {
  return {
    onCallStart(call) {
      for (const part of parts) part.onCallStart?.(call);
    },
    onRequest(attempt, request) {
      for (const part of parts) part.onRequest?.(attempt, request);
    },
    onResponse(attempt) {
      for (const part of parts) part.onResponse?.(attempt);
    },
    onCallEnd(end) {
      for (const part of parts) part.onCallEnd?.(end);
    },
  };
}
