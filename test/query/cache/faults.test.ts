import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { seeded } from "../../support/seeded.js";
import { famWorld } from "./fam-world.js";
import { onaWorld } from "./ona-world.js";
import { vydonWorld } from "./vydon-world.js";
import { type Fault, faults, quiet, type Watched, type World, type Write } from "./world.js";

/** Expects the data of a fresh read in the cache. A query that is not on screen may be older if it is stale. */
async function expectCacheLikeServer(queries: readonly Watched[], onScreen: ReadonlySet<Watched>) {
  for (const query of queries) {
    if (!onScreen.has(query) && query.isStale()) continue;
    const { queryKey } = query;
    expect({ queryKey, data: query.cached() }).toEqual({ queryKey, data: await query.read() });
  }
}

/** The queries that the writes touch. Other users' writes may have changed the rest. */
function touchedBy(writes: readonly Write[], { queries, queryClient }: World): readonly Watched[] {
  const touched = writes.flatMap(({ touches }) =>
    touches.flatMap((queryKey) => queryClient.getQueryCache().findAll({ queryKey })),
  );
  return queries.filter(({ queryKey }) => touched.some((query) => query.queryKey === queryKey));
}

const worlds = { vydon: vydonWorld, ona: onaWorld, fam: famWorld };

describe.each(Object.entries(worlds))("the cache ends with the server's data: %s", (_api, start) => {
  it.each(faults)("after one write, and others' writes before and after it: %s", async (fault) => {
    for (const name of Object.keys((await start()).writes)) {
      const world = await start();
      const write = writeOf(world, name);
      await Promise.all(world.queries.map((query) => query.load()));
      const shown = new Set(world.queries.filter((_, index) => index % 3 !== 1));
      const leave = [...shown].map((query) => query.show());
      await quiet(world.queryClient);
      world.fail(fault);
      world.onTheWay.there = once(() => rivals(world, 0));
      world.onTheWay.back = once(() => rivals(world, 1));
      await write.run();
      await quiet(world.queryClient);
      await expectCacheLikeServer(touchedBy([write], world), shown);
      for (const end of leave) end();
    }
  });

  it("after failures that no refetch can follow", async () => {
    const names = Object.keys((await start()).writes);
    for (const [first, second] of names.flatMap((one, at) =>
      names.slice(at).map((other) => [one, other] as const),
    )) {
      const world = await start();
      await Promise.all(world.queries.map((query) => query.load()));
      const before = world.queries.map((query) => query.cached());
      world.cutOff();
      await Promise.all([writeOf(world, first).run(), writeOf(world, second).run()]);
      expect(world.queries.map((query) => query.cached())).toEqual(before);
    }
  });

  it("after any writes at once", async () => {
    const { writes, queries } = await start();
    const step = fc.record({
      write: fc.constantFrom(...Object.keys(writes)),
      startMs: fc.nat({ max: 4_000 }),
    });
    const plan = fc.record({
      steps: fc.array(step, { minLength: 2, maxLength: 4 }),
      fault: fc.constantFrom<Fault>(...faults),
      faultMs: fc.nat({ max: 4_000 }),
      readMs: fc.constantFrom(0, 100, 3_000),
      // For each query when it comes on screen; null if it never does.
      shows: fc.array(fc.option(fc.nat({ max: 4_000 })), {
        minLength: queries.length,
        maxLength: queries.length,
      }),
      loads: fc.array(fc.boolean(), { minLength: queries.length, maxLength: queries.length }),
    });
    const property = fc.asyncProperty(plan, async ({ steps, fault, faultMs, readMs, shows, loads }) => {
      const world = await start();
      const { clock, queryClient } = world;
      await Promise.all(world.queries.map((query, index) => loads[index] && query.load()));
      if (readMs > 0) world.slowReads(readMs);
      const at = <T>(ms: number, act: () => T) => clock.sleep(ms).then(act);
      const leave = world.queries.flatMap((query, index) => {
        const ms = shows[index] ?? undefined;
        return ms === undefined ? [] : [at(ms, () => query.show())];
      });
      await Promise.all([
        at(faultMs, () => world.fail(fault)),
        ...steps.map(({ write, startMs }) => at(startMs, () => writeOf(world, write).run())),
      ]);
      const ends = await Promise.all(leave);
      await quiet(queryClient);
      const shown = new Set(world.queries.filter((_, index) => shows[index] !== null));
      const inCache = world.queries.filter(({ queryKey }) => queryClient.getQueryState(queryKey));
      await expectCacheLikeServer(inCache, shown);
      for (const end of ends) end();
    });
    await fc.assert(property, seeded(10));
  });
});

function writeOf({ writes }: World, name: string): Write {
  const write = writes[name];
  if (write === undefined) throw new Error(`There is no write ${name}.`);
  return write;
}

/** Makes every second write of the others. Some fail, because another write has removed their target. */
async function rivals(world: World, from: 0 | 1): Promise<void> {
  const half = world.rivals.filter((_, index) => index % 2 === from);
  await Promise.allSettled(half.map((rival) => rival()));
}

function once(act: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    if (done) return Promise.resolve();
    done = act();
    return done;
  };
}
