import { keysOf } from "../records.js";

/**
 * A fault of a response on its way to the client. With `html_502`, `html_429` and `reset`, the call does not reach the server,
 * and nothing is written. With the others, the call is carried out and logged with its response, but the client does not get a
 * correct response.
 *
 * - `html_502`, `html_429`: a gateway responds instead of the server, with an HTML page. `retryAfter` sets its header.
 * - `reset`: the connection breaks before a response comes.
 * - `lost_response`: the connection breaks after the server has carried out the call. `server.transport()`, which has no
 *   connection, throws `unavailable`.
 * - `cut_json`: the message ends in the middle, and `content-length` matches: the client gets JSON that it cannot parse. The
 *   binary format and the first message of gRPC are cut in the same way.
 * - `cut_body`: the connection breaks in the middle of the body.
 * - `wrong_content_type`: the content type of the response is `text/plain`.
 * - `drip`: the body comes in ten pieces, over `latencyMs` of the server's clock (default ten seconds).
 *
 * `server.transport()` cannot produce `reset` and `cut_body`: it fails the call with `internal` and explains why.
 */
export type WireFault =
  | "html_502"
  | "html_429"
  | "reset"
  | "lost_response"
  | "cut_json"
  | "cut_body"
  | "wrong_content_type"
  | "drip";

const beforeTheCall: Readonly<Record<WireFault, boolean>> = {
  html_502: true,
  html_429: true,
  reset: true,
  lost_response: false,
  cut_json: false,
  cut_body: false,
  wrong_content_type: false,
  drip: false,
};

/** The names of all wire faults. */
export const wireFaults: readonly WireFault[] = keysOf(beforeTheCall);

/** Checks whether a fault hits before the server sees the call. */
export function isBeforeTheCall(wire: WireFault): boolean {
  return beforeTheCall[wire];
}
