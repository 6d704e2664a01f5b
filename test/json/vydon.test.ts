import fc from "fast-check";
import { VydonClient } from "tenantry/vydon";
import { describe, expect, it } from "vitest";
import { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { seeded } from "../support/seeded.js";
import { expectAgreement } from "./against-protobuf-es.js";
import { canned } from "./canned.js";
import { args, cases, clock, resourceOf, services, vydon } from "./vydon-cases.js";

const connect = (options: { fetch?: typeof fetch | undefined }) =>
  new VydonClient({ baseUrl: "https://vydon.example.com", retry: false, clock, ...options });

describe("VydonClient reads and writes JSON as protobuf-es does", () => {
  it.each(cases.map((each) => [each.name, each] as const))("%s", async (_name, each) => {
    await expectAgreement(connect, args, each);
  });

  it("HasPermissions, with one result for each resource", async () => {
    const many = fc.integer({ min: 1, max: 4 });
    await fc.assert(
      fc.asyncProperty(args, many, fc.infiniteStream(fc.boolean()), async (given, count, booleans) => {
        const assertions = [...booleans.take(count)];
        const each = vydon(
          UserAccountService.method.hasPermissions,
          (c, { id, resource }) => c.permissions.checkAll(id, Array(count).fill(resource)),
          (all) => ({ accountId: all.id, resources: Array(count).fill(resourceOf(all)) }),
        );
        const { fetch, requests } = canned(JSON.stringify({ assertions }));
        expect(await each.call(connect({ fetch }), given, {})).toEqual(assertions);
        expect(each.read(JSON.parse(requests[0]?.body ?? ""))).toEqual(each.expected(given));
      }),
      seeded(60),
    );
  });

  it("every RPC is tested above", () => {
    const names = [...cases.map(({ name }) => name), "HasPermissions"];
    const all = services.flatMap(({ methods }) => methods.map(({ name }) => name));
    expect(names.sort()).toEqual(all.sort());
  });
});

it("billing.waitUntilValid() sends the same request as billing.validity()", async () => {
  const { fetch, requests } = canned('{"isValid":true}');
  const { billing } = connect({ fetch });
  await billing.validity("acc-1", { requestedRecordCount: 5 });
  await billing.waitUntilValid("acc-1", { requestedRecordCount: 5 });
  expect(requests[1]?.body).toBe(requests[0]?.body);
});

it("recordMeterEvent() creates an event id if none is given", async () => {
  const { fetch, requests } = canned("{}");
  const event = { eventName: "records", value: 1 };
  const { eventId } = await connect({ fetch }).billing.recordMeterEvent("acc-1", event);
  expect(eventId).toMatch(/^\d+(-\d+){3}$/);
  expect(JSON.parse(requests[0]?.body ?? "")).toMatchObject({ eventId, value: "1" });
});

it.each([
  ['{"isVydonCloud":true}', true],
  ['{"isNeosyncCloud":true}', true],
  ['{"isVydonCloud":false,"isNeosyncCloud":true}', true],
  ['{"isVydonCloud":null}', false],
  ["{}", false],
])(
  "system.info() reads `isCloud` of the licence from both names of the field: %s",
  async (license, isCloud) => {
    const { fetch } = canned(`{"buildDate":"2026-01-01T00:00:00Z","license":${license}}`);
    expect(await connect({ fetch }).system.info()).toMatchObject({ license: { isCloud } });
  },
);

it("snake_case names of the proto file are not read, because no server sends them", async () => {
  const { fetch } = canned('{"user_id":"ada"}');
  await expect(connect({ fetch }).users.current()).rejects.toThrow("The response's field userId is missing.");
});

it("a request has no key for an undefined argument", async () => {
  const { fetch, requests } = canned('{"accountId":"1","newPersonalAccountId":"2"}');
  const { accounts, invites } = connect({ fetch });
  await accounts.convertToTeam({ name: "acme", accountId: undefined });
  await invites.create("acc-1", { email: "ada@example.com", role: undefined }).catch(() => {});
  expect(requests.map(({ body }) => body)).toEqual([
    '{"name":"acme"}',
    '{"accountId":"acc-1","email":"ada@example.com"}',
  ]);
});
