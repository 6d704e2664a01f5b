// The query options with React's hooks. It only has to compile.
import {
  keepPreviousData,
  QueryClient,
  queryOptions,
  useInfiniteQuery,
  useMutation,
  useQueries,
  useQuery,
  useSuspenseInfiniteQuery,
  useSuspenseQueries,
  useSuspenseQuery,
} from "@tanstack/react-query";
import type { ApiError, OnaMember, VydonMember } from "tenantry";
import { vydonMutations } from "tenantry/query";
import { members, ona, users, vydon } from "./client.js";

const queryClient = new QueryClient();
const mutations = vydonMutations(vydon, queryClient);

type Failure = ApiError | null;

export function useMembers(accountId: string): void {
  const { data, error } = useQuery(members.list(accountId));
  data satisfies VydonMember[] | undefined;
  error satisfies Failure;
}

export function useEmails(accountId: string): string[] | undefined {
  return useQuery({ ...members.list(accountId), select: (all) => all.map(({ email }) => email) }).data;
}

export function useMembersWhileLoading(accountId: string | undefined): void {
  const options = queryOptions({ ...members.list(accountId ?? ""), placeholderData: keepPreviousData });
  const { data, error } = useQuery({ ...options, enabled: accountId !== undefined });
  data satisfies VydonMember[] | undefined;
  error satisfies Failure;
}

export function useSuspendedMembers(accountId: string): void {
  const { data, error } = useSuspenseQuery(members.list(accountId));
  data satisfies VydonMember[];
  error satisfies Failure;
}

export function useUserAndMembers(accountId: string): void {
  const [user, list] = useQueries({ queries: [users.current(), members.list(accountId)] });
  user.data?.id satisfies string | undefined;
  list.data satisfies VydonMember[] | undefined;
  list.error satisfies Failure;
}

export function useMembersOfAll(accountIds: string[]): void {
  for (const { data, error } of useQueries({ queries: accountIds.map((id) => members.list(id)) })) {
    data satisfies VydonMember[] | undefined;
    error satisfies Failure;
  }
}

export function useSuspendedUserAndMembers(accountId: string): void {
  const [user, list] = useSuspenseQueries({ queries: [users.current(), members.list(accountId)] });
  user.data.id satisfies string;
  list.data satisfies VydonMember[];
  list.error satisfies Failure;
}

export function usePages(organizationId: string): void {
  const { data, error } = useInfiniteQuery(ona.members.listPages(organizationId));
  data?.pages.flatMap(({ items }) => items) satisfies OnaMember[] | undefined;
  error satisfies Failure;
}

export function useItemsOfPages(organizationId: string): OnaMember[] | undefined {
  return useInfiniteQuery({
    ...ona.members.listPages(organizationId),
    select: ({ pages }) => pages.flatMap(({ items }) => items),
    placeholderData: keepPreviousData,
  }).data;
}

export function useSuspendedPages(organizationId: string): void {
  const { data, error } = useSuspenseInfiniteQuery(ona.members.listPages(organizationId));
  data.pages.flatMap(({ items }) => items) satisfies OnaMember[];
  error satisfies Failure;
}

export function useSetRole(): void {
  const { mutate, error } = useMutation(mutations.members.setRole.optimistic);
  mutate({ accountId: "acme", userId: "ada", role: "admin" });
  error satisfies Failure;
  useMutation({ ...mutations.members.setRole, onError: ({ code }) => console.log(code) });
}

export async function withoutHooks(accountId: string): Promise<void> {
  (await queryClient.ensureQueryData(members.list(accountId))) satisfies VydonMember[];
  await queryClient.prefetchInfiniteQuery(ona.members.listPages(accountId));
  const { pages } = await queryClient.fetchInfiniteQuery(ona.members.listPages(accountId));
  pages.flatMap(({ items }) => items) satisfies OnaMember[];
  queryClient.getQueryData(members.list(accountId).queryKey) satisfies VydonMember[] | undefined;
}
