/**
 * Adapters between the clients of this package and Connect, in both directions: a client over any Connect transport,
 * and Connect's own clients and errors from those of this package.
 *
 * @packageDocumentation
 */
export type { ClientTransport, TransportReply, TransportRequest } from "../core/call/transport.js";
export { toConnectError } from "./to-connect-error.js";
export { type CallingClient, toConnectTransport } from "./to-connect-transport.js";
export { viaConnect } from "./via-connect.js";
