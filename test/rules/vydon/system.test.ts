import { timestampDate } from "@bufbuild/protobuf/wkt";
import { describe, expect, it } from "vitest";
import { openWorld } from "../world.js";
import { person } from "./teams.js";

// GetSystemInformation.

describe.each([true, false])("Vydon with `cloud: %s`", (cloud) => {
  const world = openWorld({ vydon: { cloud } });

  it("GetSystemInformation returns the server's version, build and licence", async () => {
    const info = await person(world, "ada").rpc.getSystemInformation({});
    expect(info).toMatchObject({ version: "v0.5.40", compiler: "gc", platform: "linux/amd64" });
    expect(info.commit).toMatch(/^[0-9a-f]{40}$/);
    expect(info.buildDate && timestampDate(info.buildDate)).toEqual(new Date("2025-12-01"));
    expect(info.license).toMatchObject({ isValid: true, isNeosyncCloud: cloud });
    expect(info.license?.expiresAt && timestampDate(info.license.expiresAt)).toEqual(new Date("2036-01-01"));
  });

  it("GetSystemInformation returns a licence that ends in 2036 in the cloud, and never on a self-hosted server", async () => {
    world.server.clock.set("2036-01-01");
    const { license } = await person(world, "ada").rpc.getSystemInformation({});
    expect(license?.isValid).toBe(!cloud);
    const end = new Date(cloud ? "2036-01-01" : "2046-01-01");
    expect(license?.expiresAt && timestampDate(license.expiresAt)).toEqual(end);
    // A self-hosted server calculates the time at each call, with nanoseconds.
    expect(license?.expiresAt?.nanos).toBe(cloud ? 0 : 417_293);
  });

  it("GetSystemInformation returns a licence that ends with the year 9999 at the latest, as timestamps do", async () => {
    world.server.clock.set("9995-01-01");
    const { license } = await person(world, "ada").rpc.getSystemInformation({});
    const end = new Date(cloud ? "2036-01-01" : "9999-12-31T23:59:59.999Z");
    expect(license?.expiresAt && timestampDate(license.expiresAt)).toEqual(end);
  });
});
