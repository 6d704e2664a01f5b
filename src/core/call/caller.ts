import { checkOptions } from "../checks/check-options.js";
import { callChecks } from "../checks/option-checks.js";
import type { ApiError } from "../errors/api-error.js";
import { withoutSecrets } from "../errors/secrets.js";
import { requestIdIn } from "../errors/server-error.js";
import { toApiError } from "../errors/to-api-error.js";
import type { Json } from "../json/fields.js";
import { within } from "./abort.js";
import type { ApiPromise } from "./api-promise.js";
import type { Call, HeaderRecord, Reply, Send } from "./call.js";
import { type Clock, monotonicTime } from "./clock.js";
import { toHeaderRecord } from "./headers.js";
import { emit, type Hooks } from "./hooks.js";
import { checkMethod, type Method } from "./method.js";
import type { CallOptions } from "./options.js";
import type { ClientTransport } from "./transport.js";

/** The settings of all calls of a client. */
interface CallerSettings {
  readonly baseUrl: string | undefined;
  readonly transport: ClientTransport;
  readonly timeoutMs?: number | undefined;
  readonly headers?: HeaderRecord | undefined;
  readonly clock: Clock;
  readonly hooks: readonly Hooks[];
  /** Whether the calls need no token. */
  readonly needsNoToken?: boolean | undefined;
}

/**
 * Calls a method. Returns a promise for its model.
 *
 * @param request - builds the request. If it throws, the promise is rejected and nothing is sent. It adds the request's
 * secrets to `secrets`, which are removed from errors.
 * @param read - reads the response's JSON into a model.
 * @param options - if one is wrong, the promise is rejected and nothing is sent.
 * @param refine - converts the error of the call. The result is thrown. Default: the same error.
 */
export type Caller = <Request extends object, Response, T>(
  method: Method<Request, Response>,
  request: (secrets: string[]) => Request,
  read: (body: Json) => T,
  options?: CallOptions,
  refine?: (error: ApiError) => ApiError,
) => ApiPromise<T>;

/**
 * Creates the outermost layer, which the methods call. It enforces the deadline and the caller's signal, and converts
 * every failure to an `ApiError`.
 */
export function createCaller(next: Send, settings: CallerSettings): Caller {
  const { baseUrl, clock, hooks, timeoutMs: defaultTimeoutMs = 60_000 } = settings;
  const { protocol = "connect" } = settings.transport;

  async function start<Request extends object, T>(
    method: Method<Request>,
    request: (secrets: string[]) => Request,
    read: (body: Json) => T,
    options: CallOptions | undefined,
    refine: (error: ApiError) => ApiError,
  ): Promise<{ call: Call<T>; reply: Reply<T> }> {
    checkMethod(method);
    if (options !== undefined) checkOptions(options, callChecks, method.name);
    const { signal, timeoutMs = defaultTimeoutMs, retry } = options ?? {};
    const headers = { ...settings.headers, ...toHeaderRecord(options?.headers) };
    const limitMs = timeoutMs || Infinity;
    const startedAt = monotonicTime(clock);
    const secrets: string[] = [];
    const call: Call<T> = {
      info: { service: method.service, method: method.name, baseUrl, protocol, startedAt: clock.now() },
      method,
      request: request(secrets),
      read,
      retry,
      needsNoToken: settings.needsNoToken,
      attempts: 0,
      secrets,
    };
    const end = (requestId: string | undefined, error?: ApiError) => {
      emit(hooks, "onCallEnd", {
        call: call.info,
        attempts: call.attempts,
        error,
        durationMs: monotonicTime(clock) - startedAt,
        requestId,
      });
    };
    emit(hooks, "onCallStart", call.info);
    try {
      const reply = await within({ signal, timeoutMs: limitMs, clock }, (bounded) =>
        next({ call, headers, signal: bounded, deadline: startedAt + limitMs }),
      );
      if (hooks.length > 0) end(withoutSecrets(requestIdIn(reply.headers), secrets));
      return { call, reply };
    } catch (reason) {
      const error = refine(toApiError(reason, call, signal?.aborted));
      // V8 keeps ten lines of a stack. Captured here, they begin with the line that made the call. WebKit and Bun, whose
      // errors have a `line`, capture none after an `await`.
      if (!("line" in error)) Error.captureStackTrace?.(error, start);
      // In Chromium, the stack still begins with the message that the error was created with.
      error.stack = withoutSecrets(error.stack ?? "", secrets);
      emit(hooks, "onError", { call: call.info, attempts: call.attempts, error });
      end(error.requestId, error);
      throw error;
    }
  }

  return (method, request, read, options, refine = (error) => error) => {
    const done = start(method, request, read, options, refine);
    const data = done.then(({ reply }) => reply.data);
    return Object.assign(data, {
      async withResponse() {
        // V8 finds the line that made the call only if `data` is awaited before `done`.
        await data;
        const { call, reply } = await done;
        const requestId = requestIdIn(reply.headers);
        return { ...reply, ...(requestId !== undefined && { requestId }), attempts: call.attempts };
      },
    });
  };
}
