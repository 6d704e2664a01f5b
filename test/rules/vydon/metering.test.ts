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
    expect(await ids([other.accountId.toUpperCase()])).toEqual([other.accountId]);
    expect(await ids([other.accountId.replaceAll("-", "")])).toEqual([other.accountId]);
    expect(await connectErrorOf(ids(["nope"]))).toMatchObject({
      code: Code.Unknown,
      rawMessage: "input did not contain entirely valid uuids: cannot parse UUID nope",
    });
    expect((await connectErrorOf(ids([unknownId.replace("1", "z")]))).rawMessage).toBe(
      "input did not contain entirely valid uuids: encoding/hex: invalid byte: U+007A 'z'",
    );
    for (const rpc of [ada.rpc, world.vydon(world.server.vydon.apiKey(accountId))]) {
      expect((await connectErrorOf(rpc.getBillingAccounts({}))).code).toBe(Code.PermissionDenied);
    }
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

  it("SetBillingMeterEvent fails for other callers than workers, accounts without billing, and invalid values", async () => {
    const { ada, accountId } = await createTeam(world);
    const personal = await ada.rpc.setPersonalAccount({});
    const event = { eventName: "records", value: "1", eventId: "e1" };
    const worker = world.vydon(world.server.vydon.workerKey());
    for (const rpc of [ada.rpc, world.vydon(world.server.vydon.apiKey(accountId))]) {
      expect((await connectErrorOf(rpc.setBillingMeterEvent({ ...event, accountId }))).code).toBe(
        Code.PermissionDenied,
      );
    }
    const unknown = await connectErrorOf(worker.setBillingMeterEvent({ ...event, accountId: unknownId }));
    expect(unknown.code).toBe(Code.NotFound);
    const unbilled = await connectErrorOf(
      worker.setBillingMeterEvent({ ...event, accountId: personal.accountId }),
    );
    expect(unbilled.code).toBe(Code.InvalidArgument);
    for (const value of ["many", "1.", ".5", "1e3"]) {
      const nonsense = await connectErrorOf(worker.setBillingMeterEvent({ ...event, accountId, value }));
      expect(nonsense.code).toBe(Code.Unknown);
      expect(JSON.parse(nonsense.rawMessage)).toEqual({
        status: 400,
        message: `Invalid value for a meter event: ${value}`,
        type: "invalid_request_error",
      });
    }
    world.server.vydon.refuseBilling();
    const refused = await connectErrorOf(worker.setBillingMeterEvent({ ...event, accountId }));
    expect(JSON.parse(refused.rawMessage)).toMatchObject({ status: 402 });
    for (const timestamp of [2n ** 63n, 2n ** 64n - 1n]) {
      const late = await connectErrorOf(worker.setBillingMeterEvent({ ...event, accountId, timestamp }));
      expect(late).toMatchObject({
        code: Code.Unknown,
        rawMessage: `uint64 value ${timestamp} overflows int64`,
      });
    }
  });
});
