/**
 * Both ways between our clients and Connect: a client over any Connect transport, and Connect's own clients over one of ours.
 *
 * @packageDocumentation
 */
export type { ClientTransport, TransportReply, TransportRequest } from "../core/call/transport.js";
export { type CallingClient, toConnectTransport } from "./to-connect-transport.js";
export { viaConnect } from "./via-connect.js";
