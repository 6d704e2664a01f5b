import type {
  ApiPromise,
  CallOptions,
  ClientTransport,
  CommonOptions,
  ErrorCode,
  HeaderRecord,
  Method,
} from "tenantry";
import { createTeamAccount, getUser } from "../../gen/mgmt/v1alpha1/user_account_methods.js";
import { toHeaderRecord } from "../../src/core/call/headers.js";
import { pipeline } from "../../src/core/call/pipeline.js";
import { isErrorCode, serverError } from "../../src/core/errors/server-error.js";
import type { Json } from "../../src/core/json/fields.js";
import { retryBudget } from "../../src/core/retry/retry-budget.js";
import { toTokenSource } from "../../src/core/tokens/auth.js";
import { VirtualClock } from "../../src/mock/engine/time/virtual-clock.js";

/** A method that is safe to retry, and one that is not. */
export { createTeamAccount as write, getUser as read };

/** A request as the transport received it. */
export interface Sent {
  /** The method's name, such as `GetUser`. */
  readonly method: string;
  readonly message: object;
  readonly token: string | undefined;
  /** By their lower-case names. */
  readonly headers: HeaderRecord;
  readonly timeoutMs: number | undefined;
  readonly signal: AbortSignal | undefined;
  /** The time of the request, in milliseconds since 1970. */
  readonly at: number;
}

/**
 * The outcome of a request: an empty response, no response, the server's error with this code, another error, or what
 * a function returns as the response's JSON (an empty object if it returns undefined) or throws.
 */
export type Outcome = "ok" | "hang" | ErrorCode | Error | ((sent: Sent) => unknown);

/** Creates a transport with scripted outcomes: one for each request, and the last one for all further requests. */
export function scripted(
  clock: VirtualClock,
  ...script: Outcome[]
): { sent: Sent[]; transport: ClientTransport } {
  const sent: Sent[] = [];
  const transport: ClientTransport = {
    async send({ method, message, headers, signal, timeoutMs }) {
      const token = headers["authorization"]?.slice("Bearer ".length);
      const request = { method: method.name, message, token, headers, timeoutMs, signal, at: clock.now() };
      const requestId = `req-${sent.push(request)}`;
      const body = await play(script[sent.length - 1] ?? script.at(-1) ?? "ok", request);
      return { body: body ?? {}, status: 200, headers: new Headers({ "x-request-id": requestId }) };
    },
  };
  return { sent, transport };
}

async function play(outcome: Outcome, sent: Sent): Promise<unknown> {
  if (outcome === "ok") return undefined;
  if (outcome === "hang") return new Promise(() => {});
  if (typeof outcome === "function") return outcome(sent);
  if (isErrorCode(outcome)) return fromServer(outcome)(sent);
  throw outcome;
}

/** Returns the outcome of a request that the server fails with this error. */
export function fromServer(
  code: ErrorCode,
  headers: HeadersInit = {},
  message = "from the server",
): (sent: Pick<Sent, "at">) => never {
  return ({ at }) => {
    throw serverError({ code, message, details: [], headers: new Headers(headers) }, at);
  };
}

/** Creates all layers of a client over a scripted transport. Its virtual clock advances only when a layer sleeps. */
export function layeredOver(script: Outcome[], options: CommonOptions = {}) {
  const clock = new VirtualClock(0);
  const { sent, transport } = scripted(clock, ...script);
  const source = options.auth === undefined ? undefined : toTokenSource(options.auth);
  const budget = retryBudget(options.retry ? options.retry.budget : undefined);
  const caller = pipeline(
    { transport, baseUrl: undefined, budget, source },
    { clock, ...options, headers: toHeaderRecord(options.headers) },
  );
  const call = (method: Method<object>, callOptions?: CallOptions): ApiPromise<Json> =>
    caller(
      method,
      () => ({}),
      (body) => body,
      callOptions,
    );
  return { clock, sent, budget, caller, call };
}
