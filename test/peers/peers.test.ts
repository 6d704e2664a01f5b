import { afterAll } from "vitest";
import { famFor } from "./fam.js";
import { onaFor } from "./ona.js";
import { peers } from "./peers.js";
import { vydonFor } from "./vydon.js";

for (const peer of peers) {
  vydonFor(peer);
  onaFor(peer);
  famFor(peer);
  afterAll(() => peer.close?.());
}
