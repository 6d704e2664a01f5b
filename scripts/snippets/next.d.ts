// What the snippets for React and Next.js import. The frameworks themselves are not installed here.

declare namespace JSX {
  interface IntrinsicElements {
    button: { onClick?: () => void; children?: unknown };
    li: { key?: string; children?: unknown };
    p: { children?: unknown };
    ul: { children?: unknown };
  }
  interface ElementChildrenAttribute {
    children: unknown;
  }
}

declare module "react" {
  export type ReactNode = unknown;
  export function useState<T>(create: () => T): [T];
}

declare module "@tanstack/react-query" {
  import type {
    InfiniteData,
    InfiniteQueryObserverOptions,
    InfiniteQueryObserverResult,
    MutationObserverOptions,
    MutationObserverResult,
    QueryClient,
    QueryKey,
    QueryObserverOptions,
    QueryObserverResult,
  } from "@tanstack/query-core";

  export { dehydrate, QueryClient } from "@tanstack/query-core";
  export function HydrationBoundary(props: { state: unknown; children: unknown }): null;
  export function QueryClientProvider(props: { client: QueryClient; children: unknown }): null;
  export function useInfiniteQuery<
    Data,
    Failure,
    Result = InfiniteData<Data>,
    Key extends QueryKey = QueryKey,
    Param = unknown,
  >(
    options: InfiniteQueryObserverOptions<Data, Failure, Result, Key, Param>,
  ): InfiniteQueryObserverResult<Result, Failure>;
  export function useMutation<Data, Failure, Variables, Context>(
    options: MutationObserverOptions<Data, Failure, Variables, Context>,
  ): MutationObserverResult<Data, Failure, Variables, Context>;
  export function useQuery<Data, Failure = Error, Result = Data, Key extends QueryKey = QueryKey>(
    options: QueryObserverOptions<Data, Failure, Result, Data, Key>,
  ): QueryObserverResult<Result, Failure>;
}

declare module "next/headers" {
  export function cookies(): Promise<{ get(name: string): { value: string } | undefined }>;
}

declare module "next/navigation" {
  export function notFound(): never;
  export function redirect(path: string): never;
}

declare module "next/server" {
  interface Cookies {
    get(name: string): { value: string } | undefined;
    set(name: string, value: string, options: { httpOnly: boolean; secure: boolean; sameSite: "lax" }): void;
    delete(name: string): void;
  }
  export interface NextRequest extends Request {
    readonly cookies: Cookies;
  }
  export class NextResponse extends Response {
    static next(options: { request: { headers: Headers } }): NextResponse;
    static override redirect(url: URL): NextResponse;
    readonly cookies: Cookies;
  }
  export function connection(): Promise<void>;
}

declare module "@/app/vydon" {
  export function vydon(): Promise<import("tenantry").VydonClient>;
}

declare module "@/app/session" {
  export function accessToken(): Promise<string>;
}

declare module "@/components/invite-list" {
  import type { VydonInvite } from "tenantry";

  export function InviteList(props: { invites: Pick<VydonInvite, "id" | "email" | "expiresAt">[] }): null;
}

declare module "@/components/invites" {
  export function Invites(props: { accountId: string }): null;
}
