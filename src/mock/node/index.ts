export type { Listener, ListenOptions } from "./listener/listen.js";
export { listen } from "./listener/listen.js";
