import { durationFromMs } from "@bufbuild/protobuf/wkt";
import { Code } from "@connectrpc/connect";
import { UnavailableError } from "tenantry";
import { describe, expect, it } from "vitest";
import { connectErrorOf } from "../contract/world.js";
import { failureOf } from "../support/promises.js";
import { openAdmin } from "./open-admin.js";

describe("AdminService sets faults", () => {
  const world = openAdmin();

  it("ListFaults shows numbers that are too large for the message as its largest number", async () => {
    world.server.faults.inject({ method: "GetUser", code: "internal", times: 2 ** 33, after: 2 ** 40 });
    const { faults } = await world.admin.listFaults({});
    const most = 2 ** 32 - 1;
    expect(faults).toMatchObject([{ fault: { times: most, after: most } }]);
    await world.admin.clearFaults({});
  });

  it("InjectFault makes calls fail, ListFaults returns the hits, and ClearFaults ends faults", async () => {
    const client = await world.vydon();
    const fault = {
      method: "GetUser",
      code: "unavailable",
      message: "back soon",
      details: [{ type: "google.rpc.RetryInfo", value: { retryDelay: "2s" } }],
      retryAfter: durationFromMs(2_000),
      times: 2,
    };
    const { id } = await world.admin.injectFault({ fault });
    const error = await failureOf(client.users.current());
    expect(error).toBeInstanceOf(UnavailableError);
    expect(error).toMatchObject({ rawMessage: "back soon", retryAfterMs: 2_000 });
    const { faults } = await world.admin.listFaults({});
    expect(faults).toMatchObject([{ id, hits: 1, fault }]);
    await world.admin.clearFaults({ ids: [id] });
    await client.users.current();
    expect(await connectErrorOf(world.admin.clearFaults({ ids: [id] }))).toMatchObject({
      code: Code.NotFound,
    });

    await world.admin.injectFault({ fault: { wire: "html_502" } });
    await world.admin.injectFault({ fault: { latency: durationFromMs(5) } });
    expect((await world.admin.listFaults({})).faults).toMatchObject([
      { fault: { wire: "html_502" } },
      { fault: { latency: durationFromMs(5) } },
    ]);
    await world.admin.clearFaults({});
    expect((await world.admin.listFaults({})).faults).toEqual([]);
  });

  it("ListFaults returns the longest duration for a longer one, such as that of a call that never ends", async () => {
    world.server.faults.inject({ latencyMs: Number.MAX_SAFE_INTEGER });
    world.server.faults.inject({ code: "unavailable", retryAfter: 1e20 });
    const longest = { seconds: 315_576_000_000n, nanos: 0 };
    expect((await world.admin.listFaults({})).faults).toMatchObject([
      { fault: { latency: longest } },
      { fault: { retryAfter: longest } },
    ]);
  });

  it("ClearFaults ends the faults with these ids, also those of a test in process", async () => {
    world.server.faults.inject({ code: "unavailable", when: () => false });
    const details = [{ type: "google.rpc.RequestInfo" }];
    const { id } = await world.admin.injectFault({ fault: { code: "internal", details } });
    const { faults } = await world.admin.listFaults({});
    const empty = { type: "google.rpc.RequestInfo", value: {} };
    expect(faults).toMatchObject([
      { fault: { code: "unavailable" } },
      { id, fault: { code: "internal", details: [empty] } },
    ]);
    await world.admin.clearFaults({ ids: faults.map((fault) => fault.id) });
    expect(world.server.faults.all()).toEqual([]);
  });

  it.each([
    [
      { method: "GetUsr", code: "unavailable" },
      'fault: this server has no method "GetUsr": did you mean "GetUser"',
    ],
    [{ code: "unavailble" }, 'fault.code is "unavailble": give one of'],
    [{ wire: "html_500" }, 'fault.wire is "html_500": give one of'],
    [{}, "fault: a fault needs a code or a wire fault, which fail the call, or latency, which delays it"],
    [{ latency: durationFromMs(-1_000) }, "fault.latency is -1000: give a number, 0 or more"],
  ])("InjectFault fails for the invalid fault %o", async (fault, message) => {
    const error = await connectErrorOf(world.admin.injectFault({ fault }));
    expect(error.code).toBe(Code.InvalidArgument);
    expect(error.rawMessage).toContain(message);
    expect(world.server.faults.all()).toEqual([]);
  });
});
