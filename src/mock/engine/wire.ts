/** What can befall an answer beneath the RPC. */
export const wireFaults = [
  "html_502",
  "html_429",
  "reset",
  "lost_answer",
  "cut_json",
  "cut_body",
  "wrong_content_type",
  "drip",
] as const;

/**
 * What befalls an answer beneath the RPC. The first three strike before the server sees the call, and nothing is written;
 * with the others the call is carried out, and logged with its answer, but the client does not get it as it was meant.
 *
 * - `html_502`, `html_429`: a gateway answers in the server's place, with a page of HTML. `retryAfter` sets its header.
 * - `reset`: the connection breaks before an answer comes.
 * - `lost_answer`: the connection breaks after the server has done what it was asked to. In process, where there is no
 *   connection, it is `unavailable` that comes back, as from a gateway that lost the server.
 * - `cut_json`: the message ends in its middle, though the body is as long as it says: JSON that doesn't parse. So it is with
 *   the binary format, and with the first message of gRPC.
 * - `cut_body`: the connection breaks in the middle of the body.
 * - `wrong_content_type`: the answer says that it is `text/plain`.
 * - `drip`: the body comes in ten pieces, over `latencyMs` of the server's clock (default ten seconds).
 */
export type WireFault = (typeof wireFaults)[number];

/** Whether a fault strikes before the server sees the call. */
export function isBeforeTheCall(wire: WireFault): boolean {
  return wire === "html_502" || wire === "html_429" || wire === "reset";
}

/** How long a drip takes unless told otherwise. */
export const dripMs = 10_000;
