import { type Attributes, type Meter, type Span, SpanKind, type Tracer } from "@opentelemetry/api";
import type { CallInfo } from "../core/call/call.js";
import type { AttemptInfo, Hooks } from "../core/call/hooks.js";
import { type ErrorCode, errorCodes } from "../core/errors/error-code.js";
import { endSpan, injectSpan, serverOf } from "./attributes.js";

/** Creates spans by the older conventions: one for each request. */
export function requestSpans(tracer: Tracer): Hooks {
  const spans = new WeakMap<AttemptInfo, Span>();
  return {
    onRequest(attempt, request) {
      const { call, number } = attempt;
      const span = tracer.startSpan(`${call.service}/${call.method}`, {
        kind: SpanKind.CLIENT,
        attributes: { ...describe(call), "tenantry.attempt": number },
      });
      spans.set(attempt, span);
      injectSpan(span, request);
    },
    onResponse(attempt) {
      const { call, code, requestId } = attempt;
      const outcome = { ...outcomeOf(call, code), ...(requestId && { "tenantry.request_id": requestId }) };
      endSpan(spans.get(attempt), outcome, code);
    },
  };
}

/** Records the metrics of the older conventions: one value for each request. */
export function requestMetrics(meter: Meter): Hooks {
  const duration = meter.createHistogram("rpc.client.duration", { unit: "ms" });
  const requestSize = meter.createHistogram("rpc.client.request.size", { unit: "By" });
  const responseSize = meter.createHistogram("rpc.client.response.size", { unit: "By" });
  return {
    onResponse({ call, code, durationMs = 0, requestBytes, responseBytes }) {
      const attributes = { ...describe(call), ...outcomeOf(call, code) };
      duration.record(durationMs, attributes);
      requestSize.record(requestBytes, attributes);
      if (responseBytes !== undefined) responseSize.record(responseBytes, attributes);
    },
  };
}

function describe(call: CallInfo): Attributes {
  return {
    "rpc.system": call.protocol === "connect" ? "connect_rpc" : "grpc",
    "rpc.service": call.service,
    "rpc.method": call.method,
    ...serverOf(call),
  };
}

function outcomeOf({ protocol }: CallInfo, code: ErrorCode | undefined): Attributes {
  return {
    ...(protocol !== "connect" && { "rpc.grpc.status_code": grpcStatus(code) }),
    ...(protocol === "connect" && code && { "rpc.connect_rpc.error_code": code }),
    ...(code && { "error.type": code }),
  };
}

/** Returns gRPC's number of a code; 0 for a success. */
function grpcStatus(code: ErrorCode | undefined): number {
  return code === undefined ? 0 : errorCodes.indexOf(code) + 1;
}
