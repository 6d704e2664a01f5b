import { readFileSync } from "node:fs";
import type { Interceptor } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-web";
import { vi } from "vitest";
import { contenders, succeeds } from "./contenders.js";

export const baseUrl = "https://ona.example.com";
export const anyTransport = createConnectTransport({ baseUrl });

type Each = ReturnType<typeof contenders>;

export function isDate(value: unknown): boolean {
  return value instanceof Date;
}

export function isJson(value: unknown): Promise<boolean> {
  return succeeds(() => JSON.stringify(value));
}

export function classOf(error: unknown): unknown {
  return error instanceof Error ? error.constructor : undefined;
}

export function withToken(
  request: Request,
  token: string,
  fetch: typeof globalThis.fetch,
): Promise<Response> {
  const headers = new Headers(request.headers);
  headers.set("authorization", `Bearer ${token}`);
  return fetch(new Request(request, { headers }));
}

/** Checks whether a call succeeds if the server responds once with unavailable. */
export function afterOutage(call: (each: Each) => PromiseLike<unknown>): Promise<boolean> {
  const each = contenders();
  each.server.faults.inject({ code: "unavailable", times: 1 });
  return withFakeTimers(() => succeeds(() => call(each)));
}

/** Checks whether a call is sent only once if its response is lost. */
export async function sentOnce(call: (each: Each) => PromiseLike<unknown>): Promise<boolean> {
  const each = contenders();
  each.server.faults.inject({ wire: "lost_response", times: 1 });
  await withFakeTimers(() => succeeds(() => call(each)));
  return each.requests.length === 1;
}

/** Checks whether a call to a server that never responds ends in time. */
export async function endsWithin(
  timeoutMs: number,
  call: (each: Each) => PromiseLike<unknown>,
): Promise<boolean> {
  const each = contenders(
    ({ signal }) =>
      new Promise((_resolve, reject) => {
        signal.addEventListener("abort", () => reject(signal.reason));
      }),
  );
  let took = Number.POSITIVE_INFINITY;
  await withFakeTimers(async () => {
    const startedAt = Date.now();
    await succeeds(() => call(each));
    took = Date.now() - startedAt;
  });
  return took <= timeoutMs;
}

/** Checks whether a call succeeds if the server rejects its first token. */
export function afterRefusal(call: (each: Each) => PromiseLike<unknown>): Promise<boolean> {
  let refused = false;
  const each = contenders((request, server) => {
    if (refused) return server(request);
    refused = true;
    return withToken(request, "bad", server);
  });
  return withFakeTimers(() => succeeds(() => call(each)));
}

export function withProviders(): Each {
  const each = contenders();
  const providers = Array.from({ length: 60 }, (_, index) => ({ provider: `provider-${index}` }));
  each.server.seed({ ona: { providers } });
  return each;
}

export async function sendsGet(
  call: (options: { baseUrl: string; fetch: typeof fetch; useHttpGet: true }) => PromiseLike<unknown>,
): Promise<boolean> {
  const methods: (string | undefined)[] = [];
  await succeeds(() =>
    call({
      baseUrl,
      useHttpGet: true,
      fetch: (_input, init) => {
        methods.push(init?.method);
        return Promise.resolve(Response.json({}));
      },
    }),
  );
  return methods[0] === "GET";
}

/** Checks whether the first request is gRPC-Web in the binary format. */
export async function contentTypeOf(
  call: (fetch: typeof globalThis.fetch) => PromiseLike<unknown>,
): Promise<boolean> {
  const types: (string | null)[] = [];
  await succeeds(() =>
    call((input, init) => {
      types.push(new Request(input, init).headers.get("content-type"));
      return Promise.resolve(new Response());
    }),
  );
  return types[0] === "application/grpc-web+proto";
}

export function hasEntry(manifest: string, name: RegExp): boolean {
  const { exports } = JSON.parse(readFileSync(manifest, "utf8"));
  return Object.keys(exports).some((entry) => name.test(entry));
}

export async function runsInterceptor(
  call: (each: Each, given: { interceptors: Interceptor[] }) => PromiseLike<unknown>,
): Promise<boolean> {
  let runs = 0;
  const interceptor: Interceptor = (next) => (request) => {
    runs += 1;
    return next(request);
  };
  await succeeds(() => call(contenders(), { interceptors: [interceptor] }));
  return runs > 0;
}

export async function logs(call: (each: Each) => PromiseLike<unknown>): Promise<boolean> {
  let lines = 0;
  for (const name of ["debug", "info", "log", "warn", "error"] as const) {
    vi.spyOn(console, name).mockImplementation(() => {
      lines += 1;
    });
  }
  await call(contenders());
  return lines > 0;
}

/** Runs an action with fake timers, so it needs no real time. */
async function withFakeTimers<T>(action: () => Promise<T>): Promise<T> {
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "Date"] });
  let settled = false;
  const result = action().finally(() => {
    settled = true;
  });
  while (!settled) await vi.advanceTimersByTimeAsync(100);
  return result;
}
