import { describe, expect, it } from "vitest";
import { Ids } from "./ids.js";

describe("ids", () => {
  it("are the same for the same random seed, and different for another one", () => {
    const make = (seed: number) => {
      const ids = new Ids(seed);
      return [ids.uuid(), ids.ulid(0), ids.token(32), ids.random()];
    };
    expect(make(1)).toEqual(make(1));
    expect(make(1)).not.toEqual(make(2));
  });

  it("are different in each world, even from the same state", () => {
    const make = (world?: string) => {
      const ids = new Ids(7, world);
      return [ids.uuid(), ids.ulid(0), ids.token(32)];
    };
    expect(make("checkout-7")).toEqual(make("checkout-7"));
    expect(make("checkout-7")).not.toEqual(make("checkout-8"));
    expect(make("checkout-7")).not.toEqual(make());
  });

  it("continue from a state that was stored", () => {
    const ids = new Ids(1);
    ids.uuid();
    const kept = ids.state;
    const next = ids.uuid();
    ids.state = kept;
    expect(ids.uuid()).toBe(next);
  });

  it("are the same from a fork, in a world, too", () => {
    for (const ids of [new Ids(1), new Ids(1, "checkout-7")]) {
      ids.uuid();
      const copy = ids.fork();
      expect(copy.uuid()).toBe(ids.uuid());
    }
  });

  it("are UUIDs of version 4, each different", () => {
    const ids = new Ids(1);
    const made = new Set(Array.from({ length: 10_000 }, () => ids.uuid()));
    expect(made.size).toBe(10_000);
    for (const id of made)
      expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it("are ULIDs that begin with their time", () => {
    const ids = new Ids(1);
    expect(ids.ulid(-1)).toMatch(/^0000000000[0-9A-HJKMNP-TV-Z]{16}$/);
    expect(ids.ulid(0)).toMatch(/^0000000000[0-9A-HJKMNP-TV-Z]{16}$/);
    expect(ids.ulid(Date.UTC(2026, 0, 1)).slice(0, 10)).toBe("01KDVDNA00");
    expect(ids.ulid(2) > ids.ulid(1)).toBe(true);
  });
});
