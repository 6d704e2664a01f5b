import type { RefreshStep } from "../../src/testing/index.js";
import type { Issued } from "./issuer.js";

/** The options of a worker, as JSON in its only argument. */
export interface WorkerOptions {
  /** The address of the API and of the token endpoint. */
  readonly url: string;
  /** The store: a file's path, or a key in a Redis. */
  readonly store: { readonly path: string } | { readonly redisUrl: string; readonly key: string };
  readonly lockMs: number;
  readonly takeOverMs: number;
  readonly timeoutMs: number;
  /** The pause between two calls in milliseconds, or "once" for a single call. The order "start" begins it. */
  readonly pauseMs: number | "once";
}

/** A message from a worker. */
export type Report =
  | { readonly type: "ready" }
  | { readonly type: "called" }
  | { readonly type: "failed"; readonly name: string; readonly message: string; readonly startedAt: number }
  /** The worker has reached a step of a refresh, and waits for "go". */
  | { readonly type: "step"; readonly step: RefreshStep; readonly refreshToken: string | undefined };

/** A message to a worker. */
export type Order =
  | { readonly type: "start" }
  | { readonly type: "go" }
  | { readonly type: "accept"; readonly tokens: Issued };
