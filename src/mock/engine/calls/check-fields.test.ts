import { create } from "@bufbuild/protobuf";
import { VydonClient } from "tenantry";
import { describe, expect, it } from "vitest";
import { CreateTeamAccountRequestSchema } from "../../../../gen/mgmt/v1alpha1/user_account_pb.js";
import { createMockServer } from "../../server.js";

const accountId = "00000000-0000-4000-8000-000000000001";

describe("an expectation of calls", () => {
  it("needs a method that exists, and fields that its request has", () => {
    const { calls } = createMockServer();
    // @ts-expect-error the method does not exist
    expect(() => calls.expect("GetUsr")).toThrow('has no method "GetUsr": did you mean "GetUser"');
    // @ts-expect-error the request has no such field
    expect(() => calls.expect("CreateTeamAccount", { nam: "acme" })).toThrow(
      'request.nam is not known: did you mean "name"?',
    );
    const roles = calls.expect("SetUserRole");
    // @ts-expect-error the request has no such field
    expect(() => roles.not.toHaveBeenCalledWith({ owner: "ada" })).toThrow(
      "request.owner is not known: the fields are accountId, userId, role",
    );
    const config = { hasCreatedJbo: true };
    // @ts-expect-error the message in the request has no such field
    expect(() => calls.expect("SetAccountOnboardingConfig", { config })).toThrow(
      'request.config.hasCreatedJbo is not known: did you mean "hasCreatedJob"?',
    );
    // @ts-expect-error a name is a text
    calls.expect("CreateTeamAccount", { name: 5 }).not.toHaveBeenCalled();
  });

  it("refuses a value that is undefined by mistake", () => {
    const { calls } = createMockServer();
    const team = JSON.parse("{}");
    expect(() => calls.expect("SetUserRole", { accountId: team.id })).toThrow(
      "request.accountId is undefined: give a value, or leave the field out",
    );
    const roles = calls.expect("SetUserRole");
    expect(() => roles.not.toHaveBeenLastCalledWith({ accountId: team.id })).toThrow(
      "request.accountId is undefined",
    );
    expect(() =>
      calls.expect("JoinOrganization", { joinId: { case: "organizationId", value: team.id } }),
    ).toThrow("request.joinId.value is undefined");
    calls.expect("JoinOrganization", { joinId: { case: undefined } }).not.toHaveBeenCalled();
  });

  it.each(["toHaveBeenCalledWith", "toHaveBeenLastCalledWith"] as const)("%s needs a request", (name) => {
    const roles = createMockServer().calls.expect("SetUserRole");
    const nothing = JSON.parse("{}");
    expect(() => roles[name](nothing.request)).toThrow(
      "request is missing: give the fields of the request, such as { accountId }",
    );
    expect(() => roles.not[name](nothing.request)).toThrow("request is missing");
  });

  it("accepts the fields of each request if several APIs have the method", () => {
    const { calls } = createMockServer();
    calls.expect("GetAccount", { id: accountId }).not.toHaveBeenCalled();
    expect(() => calls.expect("GetAccount", { idd: accountId })).toThrow(
      'request.idd is not known: did you mean "id"?',
    );
    expect(() => calls.expect("ona.GetAccount", { id: accountId })).toThrow(
      "request.id is not known: the request has no fields",
    );
  });

  it("checks the items of a list", () => {
    const { calls } = createMockServer();
    const team = JSON.parse("{}");
    calls.expect("HasPermissions", { resources: [{ id: accountId }] }).not.toHaveBeenCalled();
    // @ts-expect-error such a message has no such field
    expect(() => calls.expect("HasPermissions", { resources: [{ id: accountId }, { ids: [] }] })).toThrow(
      'request.resources[1].ids is not known: did you mean "id"?',
    );
    expect(() => calls.expect("GetBillingAccounts", { accountIds: [team.id] })).toThrow(
      "request.accountIds[0] is undefined",
    );
  });

  it("accepts a message and a matcher in place of the fields", async () => {
    const { vydon, calls } = createMockServer();
    const client = new VydonClient(vydon.signIn({ email: "ada@example.com" }).connect());
    await client.accounts.createTeam({ name: "acme" });
    calls
      .expect("CreateTeamAccount", create(CreateTeamAccountRequestSchema, { name: "acme" }))
      .toHaveBeenCalledOnce();
    calls.expect("CreateTeamAccount", expect.objectContaining({ name: "acme" })).toHaveBeenCalledOnce();
  });

  it("refuses a choice that the request does not have", () => {
    const { calls } = createMockServer();
    const choice = JSON.parse('{ "case": "organisationId", "value": "1" }');
    expect(() => calls.expect("JoinOrganization", { joinId: choice })).toThrow(
      'request.joinId.case is "organisationId": give one of organizationId, inviteId',
    );
    const misspelled = JSON.parse('{ "kase": "organizationId" }');
    expect(() => calls.expect("JoinOrganization", { joinId: misspelled })).toThrow(
      "request.joinId.kase is not known",
    );
  });
});
