import { expect, it } from "vitest";
import { famWorld } from "./fam-world.js";
import { onaWorld } from "./ona-world.js";
import { vydonWorld } from "./vydon-world.js";

const worlds = { vydon: vydonWorld, ona: onaWorld, fam: famWorld };

/** How many queries show a write before its response arrives. Other queries are only fetched again after it. */
const counts = {
  vydon: {
    setRole: 1,
    setOtherRole: 1,
    remove: 1,
    removeInvite: 1,
    removeOtherInvite: 1,
    deleteKey: 1,
    setOnboarding: 1,
    // The API of the cloud has no such method.
    setTemporalConfig: 0,
  },
  ona: {
    rename: 2,
    openToDomain: 1,
    setRole: 2,
    setOwnRole: 3,
    remove: 2,
    suspend: 3,
    // The user is active already.
    unsuspend: 0,
    deleteDomain: 1,
    deleteToken: 1,
  },
  fam: { rename: 3, renameAgain: 3, delete: 2, revoke: 3, revokeOther: 3, setPrimaryCard: 1 },
};

it.each(["vydon", "ona", "fam"] as const)(
  "%s: a pending write is shown as the server returns it later",
  async (api) => {
    const found: Record<string, number> = {};
    for (const name of Object.keys((await worlds[api]()).writes)) {
      const { queries, writes, onTheWay } = await worlds[api]();
      await Promise.all(queries.map((query) => query.load()));
      const before = queries.map((query) => query.cached());
      let shown: readonly unknown[] = [];
      onTheWay.back = async () => {
        shown = queries.map((query) => query.cached());
      };
      await writes[name]?.run();
      found[name] = 0;
      for (const [index, query] of queries.entries()) {
        const data = await query.read();
        if (!query.isStale()) expect({ name, data: query.cached() }).toEqual({ name, data });
        if (shown[index] === before[index]) continue;
        expect({ name, data: shown[index] }).toEqual({ name, data });
        found[name]++;
      }
    }
    expect(found).toEqual(counts[api]);
  },
);
