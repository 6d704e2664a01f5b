import type { HeaderRecord, Protocol } from "./call.js";
import type { Clock } from "./clock.js";
import type { Method } from "./method.js";

/**
 * Sends the requests of a client: a value for its `transport` option. `nodeTransport`, `webTransport` and `viaConnect`
 * create one. Without that option, a client uses its own transport, which sends JSON over `fetch`.
 */
export interface ClientTransport {
  /** The protocol, for hooks: "connect", "grpc" or "grpc-web". Default "connect". */
  readonly protocol?: Protocol | undefined;
  /**
   * Sends one request and returns its response. The client calls it once for each attempt of a call, and handles
   * deadlines, retries and tokens itself.
   *
   * @throws NetworkError if there was no response, and the `ApiError` of the server's code if the server sent an error.
   */
  send(request: TransportRequest): Promise<TransportReply>;
}

/** One request, as a {@link ClientTransport} gets it. */
export interface TransportRequest {
  /** The RPC. */
  readonly method: Method;
  /** The request message as JSON. */
  readonly message: object;
  /** The headers by their lower-case names, including the token. */
  readonly headers: HeaderRecord;
  /**
   * Whether the request contains a secret, such as a token or a password. It must not go over plain http.
   * Default false.
   */
  readonly hasSecret?: boolean | undefined;
  /** Aborts if the caller cancels or the time is up. */
  readonly signal: AbortSignal | undefined;
  /** The server's time limit in milliseconds, a whole number; undefined for none, and for a limit of more than 27 hours. */
  readonly timeoutMs: number | undefined;
  /** The client's clock. */
  readonly clock: Clock;
}

/** A successful response, as a {@link ClientTransport} returns it. */
export interface TransportReply {
  /** The response message as JSON, unchecked. */
  readonly body: unknown;
  /** The HTTP status; 200 if the transport has none. */
  readonly status: number;
  /** The response's headers. */
  readonly headers: Headers;
}
