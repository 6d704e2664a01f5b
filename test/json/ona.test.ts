import type { DescMessage, DescMethodUnary, MessageInitShape } from "@bufbuild/protobuf";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AccountService } from "../../gen/gitpod/v1/account_pb.js";
import { toCursor } from "../../src/core/lists/cursor.js";
import { OnaClient } from "../../src/ona/client.js";
import { defined, empty, expectAgreement, nothing, rpc, texts } from "./against-protobuf-es.js";
import { canned } from "./canned.js";
import { each, isModel, type Model } from "./model-of.js";

const optional = fc.option(texts, { nil: undefined });

/** Random arguments for all methods. */
const args = fc.record({
  id: texts,
  text: texts,
  inviteId: optional,
  email: optional,
  returnTo: optional,
  token: fc.string({ unit: "binary", maxLength: 12 }),
  pageSize: fc.option(fc.integer({ min: 1, max: 2 ** 31 - 1 }), { nil: undefined }),
});

type Args = typeof args extends fc.Arbitrary<infer T> ? T : never;

function ona<Input extends DescMessage, Output extends DescMessage>(
  descriptor: DescMethodUnary<Input, Output>,
  call: (client: OnaClient, args: Args) => PromiseLike<unknown>,
  request: (args: Args) => MessageInitShape<Input>,
  result?: (model: Model) => unknown,
) {
  return rpc(descriptor, call, request, result);
}

/** Where a list begins, and how large its pages are. */
const page = ({ token, pageSize }: Args) => ({ cursor: toCursor({ token, skip: 0 }), pageSize });
const pagination = ({ token, pageSize = 0 }: Args) => ({ token, pageSize });

/** An account, without the field that the API calls deprecated. */
function accountOf(account: unknown): unknown {
  if (!isModel(account)) return account;
  const { joinables, ...rest } = account;
  return rest;
}

const { method } = AccountService;

const cases = [
  ona(
    method.getAccount,
    (c) => c.accounts.get(),
    empty,
    ({ account }) => accountOf(account),
  ),
  ona(
    method.deleteAccount,
    (c, { id, returnTo }) => c.accounts.delete(id, { reason: returnTo }),
    ({ id, returnTo }) => defined({ accountId: id, reason: returnTo }),
    nothing,
  ),
  ona(
    method.getSSOLoginURL,
    (c, { text, returnTo }) => c.accounts.getSsoLoginUrl({ email: text, returnTo }),
    ({ text, returnTo }) => defined({ email: text, returnTo }),
    ({ loginUrl }) => loginUrl,
  ),
  ona(
    method.listSSOLogins,
    (c, all) =>
      c.accounts
        .listSsoLogins({ email: all.text, returnTo: all.returnTo }, page(all))
        .then(({ items }) => items),
    (all) => defined({ email: all.text, returnTo: all.returnTo, pagination: pagination(all) }),
    ({ logins }) => logins,
  ),
  ona(
    method.listLoginProviders,
    (c, all) =>
      c.accounts
        .listLoginProviders({ inviteId: all.inviteId, email: all.email }, page(all))
        .then(({ items }) => items),
    (all) => ({
      pagination: pagination(all),
      filter: defined({ inviteId: all.inviteId, email: all.email }),
    }),
    ({ loginProviders }) => loginProviders,
  ),
  ona(
    method.listJoinableOrganizations,
    (c, all) => c.accounts.listJoinableOrganizations(page(all)).then(({ items }) => items),
    (all) => ({ pagination: pagination(all) }),
    ({ joinableOrganizations }) => each(joinableOrganizations, (organization) => organization),
  ),
  ona(
    method.blockAccount,
    (c, { id, text }) => c.accounts.block(id, { reason: text }),
    ({ id, text }) => ({ accountId: id, reason: text }),
  ),
  ona(
    method.unblockAccount,
    (c, { id }) => c.accounts.unblock(id),
    ({ id }) => ({ accountId: id }),
    nothing,
  ),
];

describe("OnaClient agrees with protobuf-es", () => {
  it.each(cases.map((each) => [each.name, each] as const))("on %s", async (_name, each) => {
    await expectAgreement(
      (options) => new OnaClient({ baseUrl: "https://ona.example.com", ...options }),
      args,
      each,
    );
  });

  it("on every RPC", () => {
    expect(cases.map(({ name }) => name).sort()).toEqual(
      AccountService.methods.map(({ name }) => name).sort(),
    );
  });
});

it("accounts.allowsCustomLogin asks for the shortest page", async () => {
  const { fetch, requests } = canned('{"allowCustom":true}');
  expect(await new OnaClient({ fetch }).accounts.allowsCustomLogin({ email: "ada@example.com" })).toBe(true);
  expect(JSON.parse(requests[0]?.body ?? "")).toEqual({
    pagination: { pageSize: 1 },
    filter: { email: "ada@example.com" },
  });
});
