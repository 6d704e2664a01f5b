import {
  type Attributes,
  context,
  type Meter,
  type Span,
  SpanKind,
  type Tracer,
  trace,
} from "@opentelemetry/api";
import type { CallInfo } from "../core/call/call.js";
import type { AttemptInfo, Hooks } from "../core/call/hooks.js";
import type { ErrorCode } from "../core/errors/error-code.js";
import { endSpan, injectSpan, serverOf } from "./attributes.js";

/** The bucket boundaries that the conventions require for `rpc.client.call.duration`, in seconds. */
const bounds = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

/** Creates spans by the stable conventions: one for each call, with a child span for each of its requests. */
export function callSpans(tracer: Tracer): Hooks {
  const calls = new WeakMap<CallInfo, Span>();
  const attempts = new WeakMap<AttemptInfo, Span>();
  return {
    onCallStart(call) {
      calls.set(call, tracer.startSpan(nameOf(call), { kind: SpanKind.CLIENT, attributes: describe(call) }));
    },
    onRequest(attempt, request) {
      const { call, number } = attempt;
      const parent = calls.get(call);
      const span = tracer.startSpan(
        `${nameOf(call)} attempt`,
        { kind: SpanKind.CLIENT, attributes: { ...describe(call), "tenantry.attempt": number } },
        parent && trace.setSpan(context.active(), parent),
      );
      attempts.set(attempt, span);
      injectSpan(span, request);
    },
    onResponse(attempt) {
      const { call, code, requestId } = attempt;
      const outcome = { ...outcomeOf(call, code), ...(requestId && { "tenantry.request_id": requestId }) };
      endSpan(attempts.get(attempt), outcome, code);
    },
    onCallEnd({ call, attempts: count, error }) {
      const outcome = { ...outcomeOf(call, error?.code), "tenantry.attempts": count };
      endSpan(calls.get(call), outcome, error?.code);
    },
  };
}

/** Records the metric of the stable conventions: one value for each call. */
export function callMetrics(meter: Meter): Hooks {
  const advice = { explicitBucketBoundaries: bounds };
  const duration = meter.createHistogram("rpc.client.call.duration", { unit: "s", advice });
  return {
    onCallEnd({ call, durationMs, error }) {
      duration.record(durationMs / 1000, { ...describe(call), ...outcomeOf(call, error?.code) });
    },
  };
}

function nameOf({ service, method }: CallInfo): string {
  return `${service}/${method}`;
}

function describe(call: CallInfo): Attributes {
  return {
    "rpc.system.name": call.protocol === "connect" ? "connectrpc" : "grpc",
    "rpc.method": nameOf(call),
    ...serverOf(call),
  };
}

function outcomeOf({ protocol }: CallInfo, code: ErrorCode | undefined): Attributes {
  const status = protocol === "connect" ? code : grpcStatus(code);
  return {
    ...(status && { "rpc.response.status_code": status }),
    ...(code && { "error.type": status }),
  };
}

/** Returns gRPC's name of a status. Connect has no name for success, and spells `canceled` with one "l". */
function grpcStatus(code: ErrorCode | undefined): string {
  return code === "canceled" ? "CANCELLED" : (code?.toUpperCase() ?? "OK");
}
