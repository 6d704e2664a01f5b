import { context, metrics, propagation, SpanKind, SpanStatusCode, trace } from "@opentelemetry/api";
import {
  AggregationTemporality,
  InMemoryMetricExporter,
  MeterProvider,
  PeriodicExportingMetricReader,
} from "@opentelemetry/sdk-metrics";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { afterEach, expect, it } from "vitest";
import { Clock, failureOf, fromServer, type Outcome, scripted } from "../../test/support/scripted.js";
import type { ClientTransport } from "../core/call/transport.js";
import { VydonClient } from "../vydon/client.js";
import { otelHooks } from "./otel-hooks.js";

const ok = () => ({ userId: "ada" });

const spans = new InMemorySpanExporter();
const tracing = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(spans)] });
const tracer = tracing.getTracer("test");

afterEach(() => {
  spans.reset();
  propagation.disable();
});

/** A meter, and what was measured with it so far. */
function metering() {
  const exporter = new InMemoryMetricExporter(AggregationTemporality.CUMULATIVE);
  const reader = new PeriodicExportingMetricReader({ exporter, exportIntervalMillis: 2 ** 30 });
  const provider = new MeterProvider({ readers: [reader] });
  const collect = async () => {
    await reader.forceFlush();
    const all =
      exporter
        .getMetrics()
        .at(-1)
        ?.scopeMetrics.flatMap((scope) => scope.metrics) ?? [];
    await provider.shutdown();
    return all;
  };
  return { meter: provider.getMeter("test"), collect };
}

function client(hooks: ReturnType<typeof otelHooks>, ...script: Outcome[]) {
  const clock = new Clock(0);
  const { sent, transport } = scripted(clock, ...script);
  const options = { baseUrl: "https://vydon.example.com/api", transport, clock, hooks, auth: "s3cr3t" };
  return { sent, clock, client: new VydonClient(options) };
}

const rpc = {
  "rpc.system": "connect_rpc",
  "rpc.service": "mgmt.v1alpha1.UserAccountService",
  "rpc.method": "GetUser",
  "server.address": "vydon.example.com",
  "server.port": 443,
};

it("makes a client span of each request, with what came of it", async () => {
  const limited = fromServer("resource_exhausted", { "x-request-id": "req-1" });
  const { client: vydon } = client(otelHooks({ tracer }), limited, ok);
  await vydon.users.current();
  const found = spans.getFinishedSpans();
  expect(found.map(({ name, kind, status, attributes }) => ({ name, kind, status, attributes }))).toEqual([
    {
      name: "mgmt.v1alpha1.UserAccountService/GetUser",
      kind: SpanKind.CLIENT,
      status: { code: SpanStatusCode.ERROR, message: "resource_exhausted" },
      attributes: {
        ...rpc,
        "rpc.connect_rpc.error_code": "resource_exhausted",
        "error.type": "resource_exhausted",
        "tenantry.attempt": 1,
        "tenantry.request_id": "req-1",
      },
    },
    {
      name: "mgmt.v1alpha1.UserAccountService/GetUser",
      kind: SpanKind.CLIENT,
      status: { code: SpanStatusCode.UNSET },
      attributes: { ...rpc, "tenantry.attempt": 2, "tenantry.request_id": "req-2" },
    },
  ]);
});

it("hands the trace on in the request's headers, under the span that is active", async () => {
  propagation.setGlobalPropagator({
    inject: (active, carrier, setter) => {
      const span = trace.getSpanContext(active);
      if (span) setter.set(carrier, "traceparent", `00-${span.traceId}-${span.spanId}-01`);
    },
    extract: (active) => active,
    fields: () => ["traceparent"],
  });
  const { client: vydon, sent } = client(otelHooks({ tracer }), ok);
  await vydon.users.current();
  const span = spans.getFinishedSpans()[0]?.spanContext();
  expect(sent[0]?.headers["traceparent"]).toBe(`00-${span?.traceId}-${span?.spanId}-01`);
  expect(trace.getSpan(context.active())).toBeUndefined();
});

it("ends a span also when the caller leaves", async () => {
  const controller = new AbortController();
  const { client: vydon } = client(otelHooks({ tracer }), () => {
    controller.abort();
    return new Promise(() => {});
  });
  await failureOf(vydon.users.current({ signal: controller.signal }));
  expect(spans.getFinishedSpans().map(({ attributes }) => attributes["error.type"])).toEqual(["canceled"]);
});

it("measures the time and the size of each request", async () => {
  const { meter, collect } = metering();
  const clock = new Clock(0);
  const { transport } = scripted(clock, () => clock.sleep(30).then(ok), "not_found");
  const sized: ClientTransport = {
    async send(request) {
      const reply = await transport.send(request);
      return { ...reply, headers: new Headers({ "content-length": "42" }) };
    },
  };
  const vydon = new VydonClient({ transport: sized, clock, hooks: otelHooks({ tracer, meter }) });
  await vydon.users.current();
  await failureOf(vydon.users.current());
  const measured = (await collect()).map(({ descriptor, dataPoints }) => ({
    name: descriptor.name,
    unit: descriptor.unit,
    points: dataPoints.map(({ attributes, value }) => [attributes["error.type"], Object(value).sum]),
  }));
  expect(measured).toEqual([
    {
      name: "rpc.client.duration",
      unit: "ms",
      points: [
        [undefined, 30],
        ["not_found", 0],
      ],
    },
    {
      name: "rpc.client.request.size",
      unit: "By",
      points: [
        [undefined, 2],
        ["not_found", 2],
      ],
    },
    { name: "rpc.client.response.size", unit: "By", points: [[undefined, 42]] },
  ]);
});

it("takes the global providers by default, and costs nothing where there are none", async () => {
  const without = client(otelHooks(), ok);
  await without.client.users.current();

  trace.setGlobalTracerProvider(tracing);
  const { meter, collect } = metering();
  metrics.setGlobalMeterProvider({ getMeter: () => meter });
  try {
    await client(otelHooks(), ok).client.users.current();
  } finally {
    trace.disable();
    metrics.disable();
  }
  expect(spans.getFinishedSpans()).toHaveLength(1);
  expect((await collect()).length).toBe(2);
});

it("holds no secret", async () => {
  const { client: vydon } = client(otelHooks({ tracer }), fromServer("not_found", {}, "s3cr3t"));
  await failureOf(vydon.users.current({ headers: { "x-key": "s3cr3t" } }));
  const told = spans
    .getFinishedSpans()
    .map(({ name, attributes, status, events }) => [name, attributes, status, events]);
  expect(told).toHaveLength(1);
  expect(JSON.stringify(told)).not.toContain("s3cr3t");
});
