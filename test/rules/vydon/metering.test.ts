import { Code } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { connectErrorOf, openWorld } from "../world.js";
import { createTeam, unknownId } from "./teams.js";

// The calls of the vendor's own workers: GetBillingAccounts, SetBillingMeterEvent.

describe("Vydon's metering in the cloud", () => {
  const world = openWorld();

  it("GetBillingAccounts returns the accounts with a billing customer, for worker keys only", async () => {
    const { ada, accountId } = await createTeam(world);
    await ada.rpc.setPersonalAccount({});
    const other = await ada.rpc.createTeamAccount({ name: "other" });
    const worker = world.vydon(world.server.vydon.workerKey());
    const ids = async (accountIds: string[]) =>
      (await worker.getBillingAccounts({ accountIds })).accounts.map(({ id }) => id);
    expect(await ids([])).toEqual([accountId, other.accountId]);
    expect(await ids([other.accountId, unknownId])).toEqual([other.accountId]);
    expect(await ids([unknownId])).toEqual([]);
    for (const rpc of [ada.rpc, world.vydon(world.server.vydon.apiKey(accountId))]) {
      expect((await connectErrorOf(rpc.getBillingAccounts({}))).code).toBe(Code.PermissionDenied);
    }
  });

  it("GetBillingAccounts accepts ids in capital letters and without hyphens, and fails for other texts", async () => {
    const { accountId } = await createTeam(world);
    const worker = world.vydon(world.server.vydon.workerKey());
    const ids = async (id: string) =>
      (await worker.getBillingAccounts({ accountIds: [id] })).accounts.map(({ id }) => id);
    expect(await ids(accountId.toUpperCase())).toEqual([accountId]);
    expect(await ids(accountId.replaceAll("-", ""))).toEqual([accountId]);
    expect(await connectErrorOf(ids("nope"))).toMatchObject({
      code: Code.Unknown,
      rawMessage: "input did not contain entirely valid uuids: cannot parse UUID nope",
    });
    expect((await connectErrorOf(ids(unknownId.replace("1", "z")))).rawMessage).toBe(
      "input did not contain entirely valid uuids: encoding/hex: invalid byte: U+007A 'z'",
    );
  });

  it("SetBillingMeterEvent records an event with the same id once", async () => {
    const { accountId } = await createTeam(world);
    const worker = world.vydon(world.server.vydon.workerKey());
    const event = {
      accountId,
      eventName: "records",
      value: "100",
      eventId: "e1",
      timestamp: 1_767_225_601n,
    };
    await worker.setBillingMeterEvent(event);
    await worker.setBillingMeterEvent({ ...event, value: "500" });
    await worker.setBillingMeterEvent({ accountId, eventName: "records", value: "-2.5", eventId: "e2" });
    const latest = 2n ** 63n - 1n;
    await worker.setBillingMeterEvent({ ...event, eventId: "e3", timestamp: latest });
    expect(world.server.vydon.meterEvents(accountId)).toEqual([
      { id: "e1", accountId, eventName: "records", value: "100", at: 1_767_225_601_000 },
      { id: "e2", accountId, eventName: "records", value: "-2.5", at: world.server.clock.now() },
      { id: "e3", accountId, eventName: "records", value: "100", at: Number(latest) * 1_000 },
    ]);
  });

  const event = { eventName: "records", value: "1", eventId: "e1" };

  it("SetBillingMeterEvent fails with permission_denied for callers that are not workers", async () => {
    const { ada, accountId } = await createTeam(world);
    for (const rpc of [ada.rpc, world.vydon(world.server.vydon.apiKey(accountId))]) {
      const error = await connectErrorOf(rpc.setBillingMeterEvent({ ...event, accountId }));
      expect(error.code).toBe(Code.PermissionDenied);
    }
  });

  it("SetBillingMeterEvent fails for an unknown account, and for one without a billing customer", async () => {
    const { ada } = await createTeam(world);
    const { accountId: unbilledId } = await ada.rpc.setPersonalAccount({});
    const worker = world.vydon(world.server.vydon.workerKey());
    for (const [accountId, code] of [
      [unknownId, Code.NotFound],
      [unbilledId, Code.InvalidArgument],
    ] as const) {
      const error = await connectErrorOf(worker.setBillingMeterEvent({ ...event, accountId }));
      expect(error.code).toBe(code);
    }
  });

  it.each(["many", "1.", ".5", "1e3"])(
    "SetBillingMeterEvent fails with the billing provider's error for the value %s",
    async (value) => {
      const { accountId } = await createTeam(world);
      const worker = world.vydon(world.server.vydon.workerKey());
      const error = await connectErrorOf(worker.setBillingMeterEvent({ ...event, accountId, value }));
      expect(error.code).toBe(Code.Unknown);
      expect(JSON.parse(error.rawMessage)).toEqual({
        status: 400,
        message: `Invalid value for a meter event: ${value}`,
        type: "invalid_request_error",
      });
    },
  );

  it("SetBillingMeterEvent fails if the billing provider does", async () => {
    const { accountId } = await createTeam(world);
    const worker = world.vydon(world.server.vydon.workerKey());
    world.server.vydon.refuseBilling();
    const error = await connectErrorOf(worker.setBillingMeterEvent({ ...event, accountId }));
    expect(error.code).toBe(Code.Unknown);
    expect(JSON.parse(error.rawMessage)).toMatchObject({ status: 402 });
  });

  it.each([2n ** 63n, 2n ** 64n - 1n])(
    "SetBillingMeterEvent fails for the timestamp %i, which is more than an int64",
    async (timestamp) => {
      const { accountId } = await createTeam(world);
      const worker = world.vydon(world.server.vydon.workerKey());
      const error = await connectErrorOf(worker.setBillingMeterEvent({ ...event, accountId, timestamp }));
      expect(error).toMatchObject({
        code: Code.Unknown,
        rawMessage: `uint64 value ${timestamp} overflows int64`,
      });
    },
  );
});
