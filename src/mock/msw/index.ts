/**
 * The mock server behind MSW, in Node and in a Service Worker.
 *
 * @packageDocumentation
 */
export { handlers } from "./handlers.js";
