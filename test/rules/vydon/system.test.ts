import { timestampDate, timestampMs } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { openWorld } from "../world.js";
import { person } from "./teams.js";

// GetSystemInformation.

describe.each([true, false])("the system, with cloud %s", (cloud) => {
  const world = openWorld({ vydon: { cloud } });

  it("GetSystemInformation answers what runs, and under which licence", async () => {
    const { rpc } = person(world, "ada");
    const { buildDate, license, ...info } = await rpc.getSystemInformation({});
    expect(info).toMatchObject({
      version: "v0.5.40",
      commit: "5f0c2b7d9e4a61830c7df2a95be1436087ad9e12",
      compiler: "gc",
      platform: "linux/amd64",
    });
    expect(buildDate && timestampDate(buildDate)).toEqual(new Date("2025-12-01"));
    expect(license).toMatchObject({ isValid: true, isNeosyncCloud: cloud });
  });
});

describe("the licence in the cloud", () => {
  const world = openWorld();

  it("ends with the year 2035", async () => {
    const license = async () => (await person(world, "ada").rpc.getSystemInformation({})).license;
    const { expiresAt } = (await license()) ?? {};
    expect(expiresAt && timestampDate(expiresAt)).toEqual(new Date("2036-01-01"));
    world.server.clock.set("2035-12-31T23:59:59.999");
    expect(await license()).toMatchObject({ isValid: true });
    world.server.clock.advance(1);
    expect(await license()).toMatchObject({ isValid: false, expiresAt });
  });
});

describe("the licence of a self-hosted server", () => {
  const world = openWorld({ vydon: { cloud: false } });

  it("always ends in ten years", async () => {
    const license = async () => (await person(world, "ada").rpc.getSystemInformation({})).license;
    for (const year of [2036, 2047]) {
      const { isValid, expiresAt } = (await license()) ?? {};
      expect(isValid).toBe(true);
      expect(expiresAt && timestampMs(expiresAt)).toBe(Date.UTC(year, 0, 1));
      // To the nanosecond, as the real server tells it.
      expect((expiresAt?.nanos ?? 0) % 1_000).not.toBe(0);
      world.server.clock.set("2037-01-01");
    }
  });
});
