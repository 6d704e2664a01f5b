import type { ApiPromise, Method, VydonClient } from "tenantry";
import { getTeamAccountMembers, getUser } from "tenantry/vydon/methods";
import { expectTypeOf, test } from "vitest";

declare const client: VydonClient;

const getReport: Method<{ id: string }, { url?: string }> = {
  service: "acme.v1.ReportService",
  name: "GetReport",
  idempotency: "no_side_effects",
};

test("client.call() is typed by its method", () => {
  expectTypeOf(client.call(getReport, { id: "42" })).toEqualTypeOf<ApiPromise<{ url?: string }>>();
  client.call(getTeamAccountMembers, { accountId: "acc-1" });
  client.call(getUser, {});
});

test("a request with a field that the message does not have does not compile", () => {
  // @ts-expect-error it is `accountId`
  client.call(getTeamAccountMembers, { accuontId: "acc-1" });
  // @ts-expect-error the message has no fields
  client.call(getUser, { userId: "user-1" });
  // @ts-expect-error it has one field
  client.call(getReport, { id: "42", format: "csv" });
});

test("a request that is not a message does not compile", () => {
  // @ts-expect-error
  client.call(getUser, []);
  // @ts-expect-error
  client.call(getUser, "user-1");
  // @ts-expect-error
  client.call(getReport, {});
  // @ts-expect-error
  client.call(getReport, null);
});
