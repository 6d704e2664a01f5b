/**
 * A transport for clients in browsers: gRPC-Web and Connect's binary format.
 *
 * @packageDocumentation
 */
export { type BrowserTransportOptions, webTransport } from "./web-transport.js";
