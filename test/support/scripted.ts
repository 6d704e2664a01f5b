import { create, type DescMessage, type DescMethodUnary } from "@bufbuild/protobuf";
import { Code, ConnectError, type Transport } from "@connectrpc/connect";
import { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { toTokenSource } from "../../src/core/auth.js";
import type { CommonOptions } from "../../src/core/options.js";
import { RetryBudget } from "../../src/core/retry.js";
import { layered } from "../../src/core/transport.js";
import { Clock } from "../../src/mock/engine/clock.js";

export { Clock };

/** A read, which may be repeated, and a write, which may not. */
export const { getUser: read, createTeamAccount: write } = UserAccountService.method;

/** One request as the innermost transport got it. */
export interface Sent {
  readonly method: string;
  readonly token: string | undefined;
  readonly header: Headers;
  readonly timeoutMs: number | undefined;
  readonly signal: AbortSignal | undefined;
  readonly at: number;
}

/** What comes of a request: nothing special for an empty answer, an error, or whatever a function gives. */
export type Outcome = "ok" | "hang" | Code | Error | ((sent: Sent) => unknown);

/** A transport that plays a script, one outcome a request, the last one over and over. */
export function scripted(clock: Clock, ...script: Outcome[]): { sent: Sent[]; transport: Transport } {
  const sent: Sent[] = [];
  const transport: Transport = {
    async unary(method, signal, timeoutMs, header, _input, _values) {
      const headers = new Headers(header);
      const token = headers.get("authorization")?.slice("Bearer ".length);
      const request = { method: method.name, token, header: headers, timeoutMs, signal, at: clock.now() };
      sent.push(request);
      await play(script[sent.length - 1] ?? script.at(-1) ?? "ok", request);
      return {
        stream: false,
        service: method.parent,
        method,
        header: new Headers({ "x-request-id": `req-${sent.length}` }),
        message: create(method.output),
        trailer: new Headers(),
      };
    },
    stream() {
      throw new ConnectError("no streams", Code.Unimplemented);
    },
  };
  return { sent, transport };
}

async function play(outcome: Outcome, sent: Sent): Promise<void> {
  if (outcome === "ok") return;
  if (outcome === "hang") return new Promise(() => {});
  if (typeof outcome === "function") return void (await outcome(sent));
  throw typeof outcome === "number" ? wire(outcome) : outcome;
}

/** An error as a server's answer. */
export function wire(code: Code, header?: HeadersInit, message = "from the server"): ConnectError {
  const error = new ConnectError(message, code, header);
  error.isWireError = true;
  return error;
}

/** All layers over a script, on a clock that stands still but for sleeps. */
export function layeredOver(script: Outcome[], options: CommonOptions = {}) {
  const clock = new Clock(0);
  const { sent, transport } = scripted(clock, ...script);
  const source = options.auth === undefined ? undefined : toTokenSource(options.auth);
  const budget = new RetryBudget(options.retry ? options.retry.budget : undefined);
  const over = layered(transport, { clock, ...options }, { source, budget });
  const call = (
    method: DescMethodUnary<DescMessage, DescMessage>,
    { signal, timeoutMs, headers, values }: CallParts = {},
  ) => over.unary(method, signal, timeoutMs, headers, create(method.input), values);
  return { clock, sent, budget, call, transport: over };
}

interface CallParts {
  readonly signal?: AbortSignal;
  readonly timeoutMs?: number;
  readonly headers?: HeadersInit;
  readonly values?: Parameters<Transport["unary"]>[5];
}

/** Resolves when all that is due now has been done; no time passes. */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn++) await new Promise((resolve) => setImmediate(resolve));
}

/** What a promise is rejected with. */
export async function failureOf(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (reason) {
    return reason;
  }
  throw new Error("it did not fail");
}

/** An abort signal that tells how many listeners it has. */
export function countedSignal(): { signal: AbortSignal; abort(reason?: unknown): void; listeners(): number } {
  const controller = new AbortController();
  const { signal } = controller;
  const listeners = new Set<unknown>();
  const add = signal.addEventListener.bind(signal);
  const remove = signal.removeEventListener.bind(signal);
  signal.addEventListener = (
    type: string,
    listener: EventListenerOrEventListenerObject,
    options?: unknown,
  ) => {
    listeners.add(listener);
    add(type, listener, options === true ? true : {});
  };
  signal.removeEventListener = (type: string, listener: EventListenerOrEventListenerObject) => {
    listeners.delete(listener);
    remove(type, listener);
  };
  return { signal, abort: (reason) => controller.abort(reason), listeners: () => listeners.size };
}

/** A clock that tells how many timers are pending. */
export class CountingClock extends Clock {
  pending = 0;
  override setTimeout(callback: () => void, delayMs: number): () => void {
    this.pending++;
    let open = true;
    const close = () => {
      if (open) this.pending--;
      open = false;
    };
    const cancel = super.setTimeout(() => {
      close();
      callback();
    }, delayMs);
    return () => {
      close();
      cancel();
    };
  }
}
