import {
  type Attributes,
  context,
  type Meter,
  metrics,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  type Tracer,
  trace,
} from "@opentelemetry/api";
import type { CallInfo } from "../core/call/call.js";
import type { AttemptInfo, Hooks } from "../core/call/hooks.js";

/** Options of {@link otelHooks}. */
export interface OtelOptions {
  /** Where spans go. Default: the global provider's tracer "tenantry". */
  readonly tracer?: Tracer | undefined;
  /** Where measurements go. Default: the global provider's meter "tenantry", as it is when the hooks are made. */
  readonly meter?: Meter | undefined;
}

/**
 * Hooks that turn a client's calls into OpenTelemetry data, by the semantic conventions for RPC:
 *
 * - a client span for each request sent (a repeated call has several), a child of the span that is active, named
 *   `package.Service/Method`, with `rpc.*`, `server.*`, `error.type`, and ours: `tenantry.attempt` and `tenantry.request_id`;
 * - the histograms `rpc.client.duration` (milliseconds), `rpc.client.request.size` and `rpc.client.response.size` (bytes), one
 *   value for each request;
 * - the trace's context in the request's headers, by the global propagator.
 *
 * No token, header or message gets into them.
 *
 * @example
 * ```ts
 * const client = new VydonClient({ baseUrl, auth, hooks: otelHooks() });
 * ```
 */
export function otelHooks(options: OtelOptions = {}): Hooks {
  const { tracer = trace.getTracer("tenantry"), meter = metrics.getMeter("tenantry") } = options;
  const duration = meter.createHistogram("rpc.client.duration", { unit: "ms" });
  const requestSize = meter.createHistogram("rpc.client.request.size", { unit: "By" });
  const responseSize = meter.createHistogram("rpc.client.response.size", { unit: "By" });
  const spans = new WeakMap<AttemptInfo, Span>();

  return {
    onRequest(attempt, request) {
      const { call, number } = attempt;
      const span = tracer.startSpan(`${call.service}/${call.method}`, {
        kind: SpanKind.CLIENT,
        attributes: { ...describe(call), "tenantry.attempt": number },
      });
      spans.set(attempt, span);
      propagation.inject(trace.setSpan(context.active(), span), request, {
        set: (carrier, name, value) => carrier.setHeader(name, value),
      });
    },
    onResponse(attempt) {
      const { call, code: error, durationMs = 0, requestBytes, responseBytes, requestId } = attempt;
      const failure: Attributes = error ? { "rpc.connect_rpc.error_code": error, "error.type": error } : {};
      const span = spans.get(attempt);
      span?.setAttributes({ ...failure, ...(requestId && { "tenantry.request_id": requestId }) });
      if (error) span?.setStatus({ code: SpanStatusCode.ERROR, message: error });
      span?.end();

      const attributes = { ...describe(call), ...failure };
      duration.record(durationMs, attributes);
      requestSize.record(requestBytes, attributes);
      if (responseBytes !== undefined) responseSize.record(responseBytes, attributes);
    },
  };
}

function describe({ service, method, baseUrl }: CallInfo): Attributes {
  const url = baseUrl === undefined ? undefined : new URL(baseUrl);
  return {
    "rpc.system": "connect_rpc",
    "rpc.service": service,
    "rpc.method": method,
    ...(url && {
      "server.address": url.hostname,
      "server.port": Number(url.port) || (url.protocol === "https:" ? 443 : 80),
    }),
  };
}
