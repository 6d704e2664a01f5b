import type { HeaderRecord, Protocol } from "./call.js";
import type { Clock } from "./clock.js";
import type { Method } from "./method.js";

/**
 * Carries the requests of a client: what the client's `transport` option takes. Without that option, a client uses its own,
 * which sends JSON over `fetch`. `nodeTransport`, `webTransport` and `viaConnect` make others.
 */
export interface ClientTransport {
  /** The protocol, for hooks. Default "connect". */
  readonly protocol?: Protocol | undefined;
  /**
   * Sends one request and returns its response. It is called once for each attempt of a call; the client takes care of
   * deadlines, retries and tokens.
   *
   * @throws the `ApiError` of the failure: `NetworkError` if no response came, else the class of the server's code.
   */
  send(request: TransportRequest): Promise<TransportReply>;
}

/** One request, as a {@link ClientTransport} gets it. */
export interface TransportRequest {
  /** The RPC. */
  readonly method: Method;
  /** The request message as JSON. */
  readonly message: object;
  /** By their lower-case names; the token is among them. */
  readonly headers: HeaderRecord;
  /** Whether the request has a secret, such as a token or a password. It must not go over plain http. */
  readonly hasSecret?: boolean | undefined;
  /** Aborts if the caller cancels, or if time runs out. */
  readonly signal: AbortSignal | undefined;
  /** How many milliseconds the server has, a whole number; undefined for no limit. */
  readonly timeoutMs: number | undefined;
  /** The client's clock. */
  readonly clock: Clock;
}

/** A successful response, as a {@link ClientTransport} returns it. */
export interface TransportReply {
  /** The response message as JSON. Nothing about it is checked yet. */
  readonly body: unknown;
  /** The HTTP status; 200 if the transport has none. */
  readonly status: number;
  /** The response's headers. */
  readonly headers: Headers;
}
