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
import { afterEach, describe, expect, it, vi } from "vitest";
import { failureOf } from "../../test/support/promises.js";
import { fromServer, type Outcome, scripted } from "../../test/support/scripted.js";
import type { ClientTransport } from "../core/call/transport.js";
import { VirtualClock } from "../mock/engine/time/virtual-clock.js";
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

/** A meter, and its measurements so far. */
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
  const clock = new VirtualClock(0);
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

it("makes a client span of each request, with its outcome", async () => {
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

it.each([
  ["http://vydon.example.com", 80],
  ["http://localhost:8080", 8080],
  ["https://vydon.example.com:8443/api", 8443],
])("names the server's port: %s", async (baseUrl, port) => {
  const { transport } = scripted(new VirtualClock(0), ok);
  await new VydonClient({ baseUrl, transport, hooks: otelHooks({ tracer }) }).users.current();
  expect(spans.getFinishedSpans().map(({ attributes }) => attributes["server.port"])).toEqual([port]);
});

/** Sets a global propagator that sends the ids of the active span. */
function propagateTraceparent(): void {
  propagation.setGlobalPropagator({
    inject: (active, carrier, setter) => {
      const span = trace.getSpanContext(active);
      if (span) setter.set(carrier, "traceparent", `00-${span.traceId}-${span.spanId}-01`);
    },
    extract: (active) => active,
    fields: () => ["traceparent"],
  });
}

it("sends the trace in the request's headers, under the span that is active", async () => {
  propagateTraceparent();
  const { client: vydon, sent } = client(otelHooks({ tracer }), ok);
  await vydon.users.current();
  const span = spans.getFinishedSpans()[0]?.spanContext();
  expect(sent[0]?.headers["traceparent"]).toBe(`00-${span?.traceId}-${span?.spanId}-01`);
  expect(trace.getSpan(context.active())).toBeUndefined();
});

it("ends a span also when the caller cancels", async () => {
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
  const clock = new VirtualClock(0);
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

it("uses the global providers by default, and costs nothing if there are none", async () => {
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

it("the data contains no secret", async () => {
  const { client: vydon } = client(otelHooks({ tracer }), fromServer("not_found", {}, "s3cr3t"));
  await failureOf(vydon.users.current({ headers: { "x-key": "s3cr3t" } }));
  const told = spans
    .getFinishedSpans()
    .map(({ name, attributes, status, events }) => [name, attributes, status, events]);
  expect(told).toHaveLength(1);
  expect(JSON.stringify(told)).not.toContain("s3cr3t");
});

/** The finished spans as lines of text, parents by their names. */
function golden() {
  const all = spans.getFinishedSpans();
  const names = new Map(all.map((span) => [span.spanContext().spanId, span.name]));
  return all.map(({ name, parentSpanContext, attributes, status }) => ({
    name,
    parent: parentSpanContext && names.get(parentSpanContext.spanId),
    status: status.message ?? "unset",
    attributes,
  }));
}

describe.each([
  { protocol: "connect", system: "connectrpc", limited: "resource_exhausted", ok: undefined },
  { protocol: "grpc", system: "grpc", limited: "RESOURCE_EXHAUSTED", ok: "OK" },
] as const)("the stable conventions over $protocol", ({ protocol, system, limited, ok: success }) => {
  const method = "mgmt.v1alpha1.UserAccountService/GetUser";
  const common = {
    "rpc.system.name": system,
    "rpc.method": method,
    "server.address": "vydon.example.com",
    "server.port": 443,
  };
  const succeeded = success === undefined ? {} : { "rpc.response.status_code": success };
  const failed = { "rpc.response.status_code": limited, "error.type": limited };
  // Those of the conventions, in seconds.
  const boundaries = [0.005, 0.01, 0.025, 0.05, 0.075, 0.1, 0.25, 0.5, 0.75, 1, 2.5, 5, 7.5, 10];

  function speaking(hooks: ReturnType<typeof otelHooks>, ...script: Outcome[]) {
    const clock = new VirtualClock(0);
    const { transport, sent } = scripted(clock, ...script);
    const baseUrl = "https://vydon.example.com/api";
    const vydon = new VydonClient({ baseUrl, transport: { ...transport, protocol }, clock, hooks });
    return { vydon, sent, clock };
  }

  it("have a span for a call, with its requests below it", async () => {
    const { vydon } = speaking(
      otelHooks({ tracer, semconv: "rpc" }),
      fromServer("resource_exhausted", { "x-request-id": "req-1" }),
      ok,
    );
    await vydon.users.current();
    expect(golden()).toEqual([
      {
        name: `${method} attempt`,
        parent: method,
        status: "resource_exhausted",
        attributes: { ...common, ...failed, "tenantry.attempt": 1, "tenantry.request_id": "req-1" },
      },
      {
        name: `${method} attempt`,
        parent: method,
        status: "unset",
        attributes: { ...common, ...succeeded, "tenantry.attempt": 2, "tenantry.request_id": "req-2" },
      },
      {
        name: method,
        parent: undefined,
        status: "unset",
        attributes: { ...common, ...succeeded, "tenantry.attempts": 2 },
      },
    ]);
    expect(new Set(spans.getFinishedSpans().map(({ kind }) => kind))).toEqual(new Set([SpanKind.CLIENT]));
  });

  it("send the span of each request in its headers", async () => {
    propagateTraceparent();
    const { vydon, sent } = speaking(otelHooks({ tracer, semconv: "rpc" }), "unavailable", ok);
    await vydon.users.current();
    const [first, second] = spans.getFinishedSpans().map((span) => span.spanContext());
    expect(sent.map(({ headers }) => headers["traceparent"])).toEqual([
      `00-${first?.traceId}-${first?.spanId}-01`,
      `00-${second?.traceId}-${second?.spanId}-01`,
    ]);
  });

  it("name the code of a canceled call as the protocol does", async () => {
    const { vydon } = speaking(otelHooks({ tracer, semconv: "rpc" }), "canceled");
    await failureOf(vydon.users.current());
    const name = protocol === "grpc" ? "CANCELLED" : "canceled";
    expect(golden().map(({ attributes }) => attributes["error.type"])).toEqual([name, name]);
  });

  it("have a span for a call that sends nothing", async () => {
    const { vydon, sent } = speaking(otelHooks({ tracer, semconv: "rpc" }), ok);
    await failureOf(vydon.users.current({ signal: AbortSignal.abort() }));
    expect(sent).toEqual([]);
    expect(golden().map(({ name, attributes }) => [name, attributes["tenantry.attempts"]])).toEqual([
      [method, 0],
    ]);
  });

  it("measure each call once, in seconds", async () => {
    const { meter, collect } = metering();
    const { vydon, clock } = speaking(
      otelHooks({ tracer, meter, semconv: "rpc" }),
      "unavailable",
      () => clock.sleep(3_000).then(ok),
      "not_found",
    );
    const startedAt = clock.now();
    await vydon.users.current();
    const seconds = (clock.now() - startedAt) / 1000;
    await failureOf(vydon.users.current());
    const measured = await collect();
    expect(measured.map(({ descriptor }) => [descriptor.name, descriptor.unit])).toEqual([
      ["rpc.client.call.duration", "s"],
    ]);
    const points = measured[0]?.dataPoints.map(({ attributes, value }) => {
      const { count, sum, buckets } = Object(value);
      expect(buckets.boundaries).toEqual(boundaries);
      return [attributes, count, sum];
    });
    const missing = protocol === "connect" ? "not_found" : "NOT_FOUND";
    expect(points).toEqual([
      [{ ...common, ...succeeded }, 1, seconds],
      [{ ...common, "rpc.response.status_code": missing, "error.type": missing }, 1, 0],
    ]);
  });
});

it("marks a gRPC call as gRPC, by the older conventions too", async () => {
  const clock = new VirtualClock(0);
  const { transport } = scripted(clock, ok, "not_found");
  const hooks = otelHooks({ tracer });
  const vydon = new VydonClient({ transport: { ...transport, protocol: "grpc" }, clock, hooks });
  await vydon.users.current();
  await failureOf(vydon.users.current());
  expect(golden().map(({ attributes }) => attributes)).toMatchObject([
    { "rpc.system": "grpc", "rpc.grpc.status_code": 0 },
    { "rpc.system": "grpc", "rpc.grpc.status_code": 5, "error.type": "not_found" },
  ]);
});

describe("the choice of conventions", () => {
  it.each([
    ["", ["rpc.client.duration", "rpc.client.request.size"]],
    ["http", ["rpc.client.duration", "rpc.client.request.size"]],
    ["rpc", ["rpc.client.call.duration"]],
    ["http, rpc", ["rpc.client.call.duration"]],
    ["rpc/dup,rpc", ["rpc.client.call.duration", "rpc.client.duration", "rpc.client.request.size"]],
  ])("follows OTEL_SEMCONV_STABILITY_OPT_IN=%s", async (value, names) => {
    vi.stubEnv("OTEL_SEMCONV_STABILITY_OPT_IN", value);
    const { meter, collect } = metering();
    await client(otelHooks({ tracer, meter }), ok).client.users.current();
    expect((await collect()).map(({ descriptor }) => descriptor.name)).toEqual(names);
  });

  it("follows the option `semconv` if that is set", async () => {
    vi.stubEnv("OTEL_SEMCONV_STABILITY_OPT_IN", "rpc");
    await client(otelHooks({ tracer, semconv: "" }), ok).client.users.current();
    expect(spans.getFinishedSpans().map(({ attributes }) => attributes["rpc.system"])).toEqual([
      "connect_rpc",
    ]);
  });
});
