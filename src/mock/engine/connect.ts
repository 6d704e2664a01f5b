import type { Transport } from "@connectrpc/connect";
import type { Clock } from "./clock.js";

/** What a client needs in order to call a mock server in process: plain options that fit the SDK's clients. */
export interface ConnectOptions {
  /** A name for the server; nothing is resolved, no port is opened. */
  readonly baseUrl: string;
  /** Leads to the server. */
  readonly transport: Transport;
  /** The session's token. */
  readonly auth: string;
  /** The server's time, which the client's own waits then follow. */
  readonly clock: Clock;
}

/** Makes the options for a token. */
export type Connect = (token: string) => ConnectOptions;
