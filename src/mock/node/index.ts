export type { Listener, ListenOptions } from "./listen.js";
export { listen } from "./listen.js";
