import { create } from "@bufbuild/protobuf";
import { expect, it } from "vitest";
import { GetOrganizationRequestSchema } from "../../../../gen/gitpod/v1/organization_service_pb.js";
import {
  GetTeamAccountMembersRequestSchema,
  UserAccountService,
} from "../../../../gen/mgmt/v1alpha1/user_account_pb.js";
import type { MockCalls } from "../../apis.js";
import { CallEntry, CallLog } from "./call-log.js";
import { MethodNames } from "./method-names.js";

it("the log of calls refuses the name of an unknown method", () => {
  const log = new CallLog<MockCalls>(new MethodNames([{ api: "vydon", service: UserAccountService }]));
  // @ts-expect-error there is no such method
  expect(() => log.of("GetUsers")).toThrow('has no method "GetUsers": did you mean "GetUser"');
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
