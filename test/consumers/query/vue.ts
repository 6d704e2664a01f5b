// The query options with Vue's composables. It only has to compile.
import { QueryClient, useInfiniteQuery, useMutation, useQueries, useQuery } from "@tanstack/vue-query";
import type { ApiError, OnaMember, VydonMember } from "tenantry";
import { vydonMutations } from "tenantry/query";
import { members, ona, users, vydon } from "./client.js";

const mutations = vydonMutations(vydon, new QueryClient());

type Failure = ApiError | null | undefined;

export function setup(accountId: string): void {
  const one = useQuery(members.list(accountId));
  one.data.value satisfies VydonMember[] | undefined;
  one.error.value satisfies Failure;

  const several = useQueries({ queries: [users.current(), members.list(accountId)] });
  several.value[0].data?.id satisfies string | undefined;
  several.value[1].error satisfies Failure;

  const { data } = useInfiniteQuery(ona.members.listPages(accountId));
  data.value?.pages.flatMap(({ items }) => items) satisfies OnaMember[] | undefined;

  useMutation(mutations.members.setRole.optimistic).error.value satisfies Failure;
}

// Fails if a package's types are missing, which would make all of the above `any`.
// @ts-expect-error
useQuery(users.current()).data.value satisfies number;
