import type { RefreshStep } from "../../src/testing/index.js";
import type { Issued } from "./issuer.js";

/** What a worker is started with, as JSON in its only argument. */
export interface WorkerOptions {
  /** The address of the API and of the token endpoint. */
  readonly url: string;
  /** The store: a file's path, or a key in a Redis. */
  readonly store: { readonly path: string } | { readonly redisUrl: string; readonly key: string };
  readonly lockMs: number;
  readonly takeOverMs: number;
  readonly timeoutMs: number;
  /** Call for ever with this pause, or make one call when told to. */
  readonly pauseMs: number | "once";
}

/** From a worker. */
export type Report =
  | { readonly type: "ready" }
  | { readonly type: "called" }
  | { readonly type: "failed"; readonly name: string; readonly message: string; readonly startedAt: number }
  /** A step of a refresh is reached. The worker waits for "go". */
  | { readonly type: "step"; readonly step: RefreshStep; readonly refreshToken: string | undefined };

/** To a worker. */
export type Order =
  | { readonly type: "start" }
  | { readonly type: "go" }
  | { readonly type: "accept"; readonly tokens: Issued };
