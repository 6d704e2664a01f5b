import { peers } from "./peers.js";
import { vydonFor } from "./vydon.js";

for (const peer of peers) vydonFor(peer);
