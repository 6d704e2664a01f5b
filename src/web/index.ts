/**
 * gRPC-Web and Connect's binary format for clients in browsers.
 *
 * @packageDocumentation
 */
export { type BrowserTransportOptions, webTransport } from "./web-transport.js";
