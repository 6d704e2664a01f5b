import type { Fetch } from "./http/fetch.js";
import type { Clock } from "./time/clock.js";

/** Options for a client that calls a mock server in process. They fit the SDK's clients. */
export interface ConnectOptions {
  /** A name for the server. It is not resolved, and no port is opened. */
  readonly baseUrl: string;
  /** The server's `fetch`. */
  readonly fetch: Fetch;
  /** The session's token. */
  readonly auth: string;
  /** The server's clock. The client uses it for its waits. */
  readonly clock: Clock;
}

/** Creates the options for a token. */
export type Connect = (token: string) => ConnectOptions;
