export { type ListenOptions, listen } from "./listener/listen.js";
export type { Listener } from "./listener/open-port.js";
