import type { Fetch } from "./http/fetch.js";
import type { Clock } from "./time/clock.js";

/** What a client needs to call a mock server in process: plain options that fit the SDK's clients. */
export interface ConnectOptions {
  /** A name for the server. Nothing is resolved and no port is opened. */
  readonly baseUrl: string;
  /** The server's `fetch`. */
  readonly fetch: Fetch;
  /** The session's token. */
  readonly auth: string;
  /** The server's time. The client's own waits follow it. */
  readonly clock: Clock;
}

/** Makes the options for a token. */
export type Connect = (token: string) => ConnectOptions;
