import { MutationCache, QueryCache, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext, useState } from "react";
import { type Hooks, PermissionDeniedError, UnauthenticatedError, VydonClient } from "tenantry";
import { type VydonMutations, type VydonQueries, vydonMutations, vydonQueries } from "tenantry/query";
import type { Session } from "./session.ts";

/** How the app calls the server. */
export interface Api {
  readonly queries: VydonQueries;
  readonly mutations: VydonMutations;
}

const ApiContext = createContext<Api | undefined>(undefined);

/** The queries and mutations of the signed-in user. */
export function useApi(): Api {
  const api = useContext(ApiContext);
  if (api === undefined) throw new Error("useApi needs an ApiProvider around it");
  return api;
}

/** Provides one client and one cache to its children. */
export function ApiProvider({
  baseUrl,
  session,
  hooks,
  children,
}: {
  baseUrl: string;
  session: Session;
  hooks: Hooks | undefined;
  children: ReactNode;
}) {
  const [{ api, queryClient }] = useState(() => createApi(baseUrl, session, hooks));
  return (
    <QueryClientProvider client={queryClient}>
      <ApiContext value={api}>{children}</ApiContext>
    </QueryClientProvider>
  );
}

function createApi(
  baseUrl: string,
  session: Session,
  hooks: Hooks | undefined,
): { api: Api; queryClient: QueryClient } {
  // A call ends after eight seconds, with its retries: a minute is too long for a spinner.
  const client = new VydonClient({ baseUrl, auth: session.auth, timeoutMs: 8_000, hooks });

  const queries = vydonQueries(client);

  function onError(error: Error): void {
    if (error instanceof UnauthenticatedError) session.end();
    // A refused call means that the user's role has changed: the page then shows the new one.
    if (error instanceof PermissionDeniedError) {
      void queryClient.invalidateQueries({ queryKey: queries.permissions.key() });
      void queryClient.invalidateQueries({ queryKey: queries.members.key() });
    }
  }
  const queryClient = new QueryClient({
    queryCache: new QueryCache({ onError }),
    mutationCache: new MutationCache({ onError }),
    defaultOptions: {
      // Without a network, the call fails. Its error is more useful to the user than a paused query.
      queries: { networkMode: "always", staleTime: 30_000 },
      mutations: { networkMode: "always" },
    },
  });
  return {
    queryClient,
    api: { queries, mutations: vydonMutations(client, queryClient) },
  };
}
