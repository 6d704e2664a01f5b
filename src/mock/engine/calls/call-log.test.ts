import { create } from "@bufbuild/protobuf";
import { Code, createClient } from "@connectrpc/connect";
import { expect, it } from "vitest";
import { GetOrganizationRequestSchema } from "../../../../gen/gitpod/v1/organization_service_pb.js";
import {
  GetTeamAccountMembersRequestSchema,
  UserAccountService,
} from "../../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { connectErrorOf } from "../../../../test/contract/world.js";
import type { MockCalls } from "../../apis.js";
import { createMockServer } from "../../server.js";
import { epoch } from "../time/virtual-clock.js";
import { CallEntry, CallLog } from "./call-log.js";
import { MethodNames } from "./method-names.js";

it("the log of calls refuses the name of an unknown method", () => {
  const log = new CallLog<MockCalls>(
    new MethodNames([{ api: "vydon", service: UserAccountService }], ["vydon"]),
  );
  // @ts-expect-error there is no such method
  expect(() => log.of("GetUsers")).toThrow('has no method "GetUsers": did you mean "GetUser"');
});

it("the log has the request, the response or the error, the caller and the time of each call", async () => {
  const { vydon, clock, calls, transport } = createMockServer();
  const { token, userId } = vydon.signIn({ email: "ada@example.com" });
  const rpc = createClient(UserAccountService, transport());
  const { accountId } = await rpc.createTeamAccount(
    { name: "acme" },
    { headers: { authorization: `Bearer ${token}` } },
  );
  clock.advance("1h");
  await connectErrorOf(rpc.getTeamAccountMembers({ accountId }));
  expect(calls.all()).toMatchObject([
    {
      api: "vydon",
      method: "CreateTeamAccount",
      at: epoch,
      request: { name: "acme" },
      response: { accountId },
      error: undefined,
      caller: { kind: "user", userId },
    },
    {
      api: "vydon",
      method: "GetTeamAccountMembers",
      at: clock.now(),
      accountId,
      response: undefined,
      error: { code: Code.Unauthenticated },
      caller: undefined,
    },
  ]);
  expect(calls.of("vydon.CreateTeamAccount")).toEqual(calls.all().slice(0, 1));
  calls.clear();
  expect([calls.count, calls.all()]).toEqual([0, []]);
});

it("a call is of the account or the organization that its request names", () => {
  const accountIdOf = (accountId: string) =>
    new CallEntry(
      "vydon",
      "GetTeamAccountMembers",
      create(GetTeamAccountMembersRequestSchema, { accountId }),
      0,
    ).accountId;
  expect(accountIdOf("acc-1")).toBe("acc-1");
  expect(accountIdOf("")).toBeUndefined();
  const request = create(GetOrganizationRequestSchema, { organizationId: "org-1" });
  expect(new CallEntry("ona", "GetOrganization", request, 0).accountId).toBe("org-1");
});
