import { constants, type Http2Server, type ServerHttp2Session } from "node:http2";
import type { IdleClock } from "./worlds/idle-worlds.js";

/** How long a client may take, in milliseconds. A response has no limit: a fault may delay it, on a clock that stands still. */
export interface Limits {
  /** The limit of a request's headers. */
  readonly headersMs: number;
  /** The limit of a whole request. */
  readonly requestMs: number;
  /** How long a connection may have no calls. */
  readonly idleMs: number;
}

/** The limits of Node's own servers, and an idle time that is longer than that of connect-node's clients, 15 minutes. */
export const defaultLimits: Limits = { headersMs: 60_000, requestMs: 300_000, idleMs: 1_200_000 };

/**
 * The largest headers of a request, and of a response that the proxy passes on, as in a Go server. Node's own limit, 16 KiB, is too small
 * for some tokens and cookies.
 */
export const maxHeaderBytes: number = 2 ** 20;

/** The clock of the limits. */
export type LimitClock = Pick<IdleClock, "setTimeout">;

const { NGHTTP2_CANCEL, NGHTTP2_STREAM_STATE_OPEN, NGHTTP2_STREAM_STATE_HALF_CLOSED_LOCAL } = constants;
const unfinished: readonly unknown[] = [NGHTTP2_STREAM_STATE_OPEN, NGHTTP2_STREAM_STATE_HALF_CLOSED_LOCAL];

/** Ends the connections of an HTTP/2 server that have no calls, and the calls whose request does not end. Node has only limits of inactivity. */
export function limitHttp2(server: Http2Server, { requestMs, idleMs }: Limits, clock: LimitClock): void {
  server.on("session", (session: ServerHttp2Session) => {
    let calls = 0;
    let stop = waitForCall();

    function waitForCall(): () => void {
      return clock.setTimeout(() => session.close(), idleMs);
    }

    session.on("stream", (stream) => {
      stop();
      calls++;
      const stopRequest = clock.setTimeout(() => {
        if (unfinished.includes(stream.state.state)) stream.close(NGHTTP2_CANCEL);
      }, requestMs);
      stream.once("close", () => {
        stopRequest();
        calls--;
        if (calls === 0 && !session.closed) stop = waitForCall();
      });
    });
    session.once("close", () => stop());
  });
}
