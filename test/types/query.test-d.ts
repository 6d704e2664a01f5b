import { MutationObserver, type QueryClient, QueryObserver } from "@tanstack/query-core";
import type { ApiError, FamClient, OnaClient, VydonClient, VydonIssuedApiKey, VydonMember } from "tenantry";
import {
  apiMutation,
  famQueries,
  type IdKey,
  onaQueries,
  type ResourceKey,
  type TypedMutation,
  type TypedOptimisticMutation,
  vydonMutations,
  vydonQueries,
} from "tenantry/query";
import { expectTypeOf, test } from "vitest";

declare const client: VydonClient;
declare const onaClient: OnaClient;
declare const famClient: FamClient;
declare const queryClient: QueryClient;
declare const accountId: string;

const vydon = vydonQueries(client);
const ona = onaQueries(onaClient);
const fam = famQueries(famClient);
const mutations = vydonMutations(client, queryClient);

test("the data of a query is the result of its method, also after `select` and in the cache", () => {
  const observer = new QueryObserver(queryClient, vydon.members.list(accountId));
  expectTypeOf(observer.getCurrentResult().data).toEqualTypeOf<VydonMember[] | undefined>();
  expectTypeOf(observer.getCurrentResult().error).toEqualTypeOf<ApiError | null>();
  const names = new QueryObserver(queryClient, {
    ...vydon.members.list(accountId),
    select: (members: VydonMember[]) => members.map(({ name }) => name),
    staleTime: 60_000,
  });
  expectTypeOf(names.getCurrentResult().data).toEqualTypeOf<string[] | undefined>();
  const cached = queryClient.getQueryData(vydon.members.list(accountId).queryKey);
  expectTypeOf(cached).toEqualTypeOf<VydonMember[] | undefined>();
});

test("a mutation has the result of its method, and variables with names", () => {
  const create = new MutationObserver(queryClient, mutations.apiKeys.create);
  expectTypeOf(create.getCurrentResult().data).toEqualTypeOf<VydonIssuedApiKey | undefined>();
  const remove = new MutationObserver(queryClient, mutations.members.remove);
  expectTypeOf(remove.getCurrentResult().error).toEqualTypeOf<ApiError | null>();
  expectTypeOf(remove.mutate).parameter(0).toEqualTypeOf<{ accountId: string; userId: string }>();
});

test("a key without queries does not compile", () => {
  expectTypeOf(vydon.users.key).toEqualTypeOf<ResourceKey>();
  expectTypeOf(vydon.auth.key).toEqualTypeOf<ResourceKey>();
  expectTypeOf(vydon.system.key).toEqualTypeOf<ResourceKey>();
  expectTypeOf(ona.accounts.key).toEqualTypeOf<ResourceKey>();
  expectTypeOf(ona.identity.key).toEqualTypeOf<ResourceKey>();
  for (const { key } of [ona.organizations, ona.members, ona.invites, ona.billing, ona.domains]) {
    expectTypeOf(key).toEqualTypeOf<IdKey>();
  }
  expectTypeOf<ResourceKey>().parameters.toEqualTypeOf<[]>();
  for (const { key } of [
    vydon.accounts,
    vydon.members,
    vydon.invites,
    vydon.permissions,
    vydon.billing,
    vydon.apiKeys,
  ]) {
    expectTypeOf(key).toEqualTypeOf<IdKey>();
  }
  for (const { key } of [fam.accounts, fam.members, fam.invites, fam.billing]) {
    expectTypeOf(key).toEqualTypeOf<IdKey>();
  }
  // @ts-expect-error no query of users is about an account
  vydon.users.key(accountId);
  // @ts-expect-error the queries of Ona are about the caller's account
  ona.accounts.key(accountId);
  // @ts-expect-error an account that is not known yet
  vydon.members.key(undefined);
  // @ts-expect-error a query's key is that of its options: `members.list(accountId).queryKey`
  vydon.members.key(accountId, "list");
  // @ts-expect-error likewise
  fam.billing.key(accountId, "getPaymentConfiguration");
});

test("a mutation of your own has `optimistic` if its plan has `optimisticEdits`", () => {
  const plan = {
    key: ["acme", "promote"],
    run: (userId: string) => client.members.setRole(accountId, userId, "admin"),
    touches: () => [vydon.members.key(accountId)],
  };
  const optimisticEdits = () => [];
  expectTypeOf(apiMutation(queryClient, plan)).toEqualTypeOf<TypedMutation<string, void>>();
  expectTypeOf(apiMutation(queryClient, { ...plan, optimisticEdits })).toEqualTypeOf<
    TypedOptimisticMutation<string, void>
  >();
});
