/**
 * The mock server behind MSW, in Node and in a Service Worker.
 *
 * @packageDocumentation
 */
export { type HandledServer, handlers } from "./handlers.js";
