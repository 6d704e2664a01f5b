import { afterAll } from "vitest";
import { adminFor } from "./admin.js";
import { famFor } from "./fam.js";
import { onaFor } from "./ona.js";
import { peers } from "./peers.js";
import { vydonFor } from "./vydon.js";

for (const peer of peers) {
  vydonFor(peer);
  onaFor(peer);
  famFor(peer);
  adminFor(peer);
  afterAll(() => peer.close?.());
}
