import { afterAll } from "vitest";
import { adminFor } from "./admin.js";
import { famFor } from "./fam.js";
import { onaFor } from "./ona.js";
import { onaOrganizationsFor } from "./ona-organizations.js";
import { peers } from "./peers.js";
import { vydonFor } from "./vydon.js";
import { vydonKeysFor } from "./vydon-keys.js";

for (const peer of peers) {
  vydonFor(peer);
  vydonKeysFor(peer);
  onaFor(peer);
  onaOrganizationsFor(peer);
  famFor(peer);
  adminFor(peer);
  afterAll(() => peer.close?.());
}
