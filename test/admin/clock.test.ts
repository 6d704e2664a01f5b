import { create } from "@bufbuild/protobuf";
import {
  DurationSchema,
  durationFromMs,
  TimestampSchema,
  timestampDate,
  timestampFromDate,
} from "@bufbuild/protobuf/wkt";
import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import type { GetClockResponse } from "../../gen/tenantry/mock/v1/admin_pb.js";
import { connectErrorOf } from "../contract/world.js";
import { openAdmin } from "./open-admin.js";

const email = "ada@example.com";
const hour = 3_600_000;

describe("AdminService moves the server's clock", () => {
  const world = openAdmin();

  it("AdvanceClock, SetClock, RunClock and FreezeClock change the server's clock", async () => {
    const at = async (call: Promise<Pick<GetClockResponse, "clock">>) => {
      const { clock } = await call;
      if (clock?.now === undefined) throw new Error("there is no clock");
      return [timestampDate(clock.now).toISOString(), clock.running];
    };
    expect(await at(world.admin.getClock({}))).toEqual(["2026-01-01T00:00:00.000Z", false]);
    expect(await at(world.admin.advanceClock({ by: durationFromMs(25 * hour) }))).toEqual([
      "2026-01-02T01:00:00.000Z",
      false,
    ]);
    const to = new Date("2027-01-01T00:00:00Z");
    expect(await at(world.admin.setClock({ to: timestampFromDate(to) }))).toEqual([to.toISOString(), false]);
    const [, running] = await at(world.admin.runClock({}));
    expect(running).toBe(true);
    const [, stopped] = await at(world.admin.freezeClock({}));
    expect(stopped).toBe(false);
  });

  it.each([
    ["no duration", {}, 'duration, such as "25h", is missing'],
    ["two durations", { by: durationFromMs(hour), duration: "1h" }, "give by or duration, not both"],
    ["a negative duration", { by: durationFromMs(-1) }, expect.stringMatching("^-1 is not a duration")],
  ])("AdvanceClock fails for %s", async (_what, request, rawMessage) => {
    expect(await connectErrorOf(world.admin.advanceClock(request))).toMatchObject({
      code: Code.InvalidArgument,
      rawMessage,
    });
  });

  it("SetClock leaves out fractions of a millisecond, as clock.set does, up to the end of the year 9999", async () => {
    const last = { seconds: 253_402_300_799n, nanos: 999_999_999 };
    await world.admin.setClock({ to: create(TimestampSchema, last) });
    const set = world.server.clock.now();
    world.server.clock.set("9999-12-31T23:59:59.999999999Z");
    expect(world.server.clock.now()).toBe(set);
    await world.admin.setClock({
      to: create(TimestampSchema, { seconds: -62_135_596_800n, nanos: 999_999 }),
    });
    expect(world.server.clock.now()).toBe(Date.parse("0001-01-01T00:00:00Z"));
  });

  it("AdvanceClock and SignInFam round fractions of a millisecond up, as clock.advance and signIn do", async () => {
    const by = create(DurationSchema, { seconds: 1n, nanos: 1 });
    await world.admin.advanceClock({ by });
    expect(world.server.clock.now()).toBe(Date.parse("2026-01-01T00:00:01.001Z"));
    const { expiresAt } = await world.admin.signInFam({ email, expiresIn: by });
    expect(expiresAt && timestampDate(expiresAt)).toEqual(new Date("2026-01-01T00:00:02.002Z"));
  });
});
