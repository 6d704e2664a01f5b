import { create } from "@bufbuild/protobuf";
import { createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { describe, expect, it } from "vitest";
import {
  CreateTeamAccountRequestSchema,
  GetUserRequestSchema,
  UserAccountService,
} from "../../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { AdminService } from "../../../../gen/tenantry/mock/v1/admin_pb.js";
import type { MockCalls } from "../../apis.js";
import { listen } from "../../node/index.js";
import { createMockServer } from "../../server.js";
import { CallEntry, CallLog } from "./call-log.js";
import { MethodNames } from "./method-names.js";

/** The log of a server that was called more often than a log keeps: the first team was dropped. */
function longLog(name: string): CallLog<MockCalls> {
  const log = new CallLog<MockCalls>(
    new MethodNames([{ api: "vydon", service: UserAccountService }], ["vydon"]),
  );
  const createTeam = (team: string) =>
    log.begin(
      new CallEntry("vydon", "CreateTeamAccount", create(CreateTeamAccountRequestSchema, { name: team }), 0),
    );
  createTeam(name);
  const request = create(GetUserRequestSchema);
  for (let call = 0; call < 10_000; call++) log.begin(new CallEntry("vydon", "GetUser", request, call));
  createTeam("other");
  return log;
}

describe("after more calls than the log keeps", () => {
  const name = "acme";
  const calls = longLog(name);

  it("an assertion never passes because a call was dropped", () => {
    expect(() => calls.expect("CreateTeamAccount").not.toHaveBeenCalled()).toThrow(
      "CreateTeamAccount was called 2 times, but should not have been called",
    );
    calls.expect("CreateTeamAccount").toHaveBeenCalledTimes(2);
    expect(() => calls.expect("CreateTeamAccount").toHaveBeenCalledOnce()).toThrow("was called 2 times");
    calls.expect("GetUser").toHaveBeenCalledTimes(10_000);
    calls.expect("RemoveTeamAccountMember").not.toHaveBeenCalled();
  });

  it("an assertion that depends on the dropped call fails, and explains why", () => {
    const why =
      "The log keeps the last 10000 calls of the server, and 1 calls of CreateTeamAccount were dropped. Call calls.clear()";
    const acme = calls.expect("CreateTeamAccount", { name });
    for (const ask of [
      () => acme.toHaveBeenCalled(),
      () => acme.not.toHaveBeenCalled(),
      () => acme.toHaveBeenCalledOnce(),
      () => acme.not.toHaveBeenCalledTimes(1),
      () => acme.toHaveBeenLastCalledWith({ name }),
      () => acme.not.toHaveBeenNthCalledWith(1, { name }),
      () => calls.expect("CreateTeamAccount").toHaveBeenCalledWith({ name }),
      () => calls.expect("CreateTeamAccount").not.toHaveBeenCalledWith({ name }),
      () => calls.expect("CreateTeamAccount").toHaveBeenNthCalledWith(1, { name }),
      () => calls.of("CreateTeamAccount"),
    ]) {
      expect(ask).toThrow(why);
    }
  });

  it("assertions that depend on the other calls only do not fail", () => {
    const expectTeam = calls.expect("CreateTeamAccount");
    expectTeam.toHaveBeenCalledWith({ name: "other" });
    expectTeam.toHaveBeenLastCalledWith({ name: "other" });
    expectTeam.not.toHaveBeenLastCalledWith({ name });
    expectTeam.toHaveBeenNthCalledWith(2, { name: "other" });
    calls.expect("CreateTeamAccount", { name: "other" }).toHaveBeenCalled();
    calls.expect("CreateTeamAccount", { name: "other" }).not.toHaveBeenCalledTimes(3);
    expect(() => expectTeam.toHaveBeenNthCalledWith(2, { name })).toThrow(
      "The most similar call is call 2 of 2",
    );
  });

  it("the count is the number of kept and of dropped calls", () => {
    expect(calls.count).toBe(calls.kept().length + calls.dropped);
    expect(calls.dropped).toBe(2);
    expect(() => calls.all()).toThrow("2 calls were dropped");
  });

  it("the admin service reports that calls were dropped", async () => {
    await using listener = await listen({ ...createMockServer(), calls }, { admin: true });
    const admin = createClient(
      AdminService,
      createConnectTransport({ baseUrl: listener.url, httpVersion: "1.1" }),
    );
    const { calls: last } = await admin.listCalls({ method: "CreateTeamAccount", limit: 1 });
    expect(last).toMatchObject([{ request: { name: "other" }, number: calls.count }]);
    await expect(admin.listCalls({ method: "CreateTeamAccount", limit: 2 })).rejects.toThrow("were dropped");
    await expect(admin.listCalls({})).rejects.toThrow("2 calls were dropped");
    await expect(admin.listCalls({ method: "CreateTeamAccount" })).rejects.toThrow("were dropped");
    expect((await admin.listCalls({ method: "SetUserRole" })).calls).toEqual([]);
  });

  it("clear() starts the count at 0 again", () => {
    const cleared = longLog(name);
    cleared.clear();
    expect([cleared.count, cleared.dropped, cleared.all()]).toEqual([0, 0, []]);
    cleared.expect("CreateTeamAccount").not.toHaveBeenCalled();
  });
});
