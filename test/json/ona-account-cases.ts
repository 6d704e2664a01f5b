import type { DescMessage, DescMethodUnary, MessageInitShape } from "@bufbuild/protobuf";
import fc from "fast-check";
import type { OnaClient } from "tenantry/ona";
import { AccountService } from "../../gen/gitpod/v1/account_pb.js";
import { toCursor } from "../../src/core/lists/cursor.js";
import { defined, empty, nothing, rpc, texts } from "./against-protobuf-es.js";
import { each, isModel, type Model } from "./model-of.js";

const optional = fc.option(texts, { nil: undefined });

const few = <T>(items: fc.Arbitrary<T>) => fc.array(items, { maxLength: 3 });
const dates = fc.date({
  min: new Date("0001-01-01T00:00:00Z"),
  max: new Date("9999-12-31T23:59:59.999Z"),
  noInvalidDate: true,
});

/** Random arguments for all methods. */
export const args = fc.record({
  id: texts,
  text: texts,
  inviteId: optional,
  email: optional,
  returnTo: optional,
  other: texts,
  ids: few(texts),
  flag: fc.boolean(),
  token: fc.string({ unit: "binary", maxLength: 12 }),
  date: dates,
  laterDate: dates,
  optionalDate: fc.option(dates, { nil: undefined }),
  optionalMs: fc.option(fc.nat({ max: 7_776_000_000 }), { nil: undefined }),
  optionalFlag: fc.option(fc.boolean(), { nil: undefined }),
  role: fc.constantFrom("admin", "member"),
  statuses: few(fc.constantFrom("active", "suspended", "left")),
  memberField: fc.constantFrom("name", "date_joined"),
  usageField: fc.constantFrom("usage", "display_name", "budget", "budget_used"),
  groupBy: fc.constantFrom(undefined, "daily_summary", "resource"),
  principal: fc.constantFrom("user", "service_account"),
  pageSize: fc.option(fc.integer({ min: 1, max: 2 ** 31 - 1 }), { nil: undefined }),
});

export type Args = typeof args extends fc.Arbitrary<infer T> ? T : never;

/** Creates the test case of an RPC of Ona. */
export function ona<Input extends DescMessage, Output extends DescMessage>(
  descriptor: DescMethodUnary<Input, Output>,
  call: (client: OnaClient, args: Args) => PromiseLike<unknown>,
  request: (args: Args) => MessageInitShape<Input>,
  result?: (model: Model) => unknown,
) {
  return rpc(descriptor, call, request, result);
}

/** Returns list options with a random first page and page size. */
export const page = ({ token, pageSize }: Args) => ({ cursor: toCursor({ token, skip: 0 }), pageSize });
/** Returns the pagination that a list requests with these options. */
export const pagination = ({ token, pageSize = 0 }: Args) => ({ token, pageSize });

/** Returns an account without the field that is deprecated in the API. */
function accountOf(account: unknown): unknown {
  if (!isModel(account)) return account;
  const { joinables, ...rest } = account;
  return rest;
}

const { method } = AccountService;

/** Every RPC of the AccountService. */
export const accountCases = [
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
