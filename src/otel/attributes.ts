import { type Attributes, context, propagation, type Span, SpanStatusCode, trace } from "@opentelemetry/api";
import type { CallInfo } from "../core/call/call.js";
import type { ErrorCode } from "../core/errors/error-code.js";

/** Returns the address of a call's server. Empty if the client has only a `transport`. */
export function serverOf({ baseUrl }: CallInfo): Attributes {
  if (baseUrl === undefined) return {};
  const url = new URL(baseUrl);
  return {
    "server.address": url.hostname,
    "server.port": Number(url.port) || (url.protocol === "https:" ? 443 : 80),
  };
}

/** Puts a span's context into a request's headers. */
export function injectSpan(span: Span, request: { setHeader(name: string, value: string): void }): void {
  propagation.inject(trace.setSpan(context.active(), span), request, {
    set: (carrier, name, value) => carrier.setHeader(name, value),
  });
}

/** Ends a span with its outcome. Does nothing without a span. */
export function endSpan(span: Span | undefined, outcome: Attributes, code: ErrorCode | undefined): void {
  span?.setAttributes(outcome);
  if (code) span?.setStatus({ code: SpanStatusCode.ERROR, message: code });
  span?.end();
}
