import { useQuery } from "@tanstack/react-query";
import { createContext, type ReactNode, useContext } from "react";
import type { VydonAccount } from "tenantry";
import type { TypedQuery } from "tenantry/query";
import { useApi } from "./api.tsx";

/** The team on screen, and a function that changes it. */
export interface Team {
  /** Undefined until it is known. */
  readonly team: VydonAccount | undefined;
  readonly choose: (accountId: string) => void;
}

const TeamContext = createContext<Team>({ team: undefined, choose: () => {} });

/** Provides the team on screen to its children. */
export function TeamProvider({ team, choose, children }: Team & { children: ReactNode }) {
  return <TeamContext value={{ team, choose }}>{children}</TeamContext>;
}

/** The team on screen. */
export function useTeam(): Team {
  return useContext(TeamContext);
}

/** A query about the team on screen. It is pending while there is none. */
export function useTeamQuery<Data>(query: (accountId: string) => TypedQuery<Data>) {
  const { team } = useTeam();
  return useQuery({ ...query(team?.id ?? ""), enabled: team !== undefined });
}

/** Whether the user may change the team. True until the server responds, so that the page does not flicker. */
export function useCanEdit(): boolean {
  const { queries } = useApi();
  const { data = true } = useTeamQuery((id) =>
    queries.permissions.check(id, { type: "account", id, action: "update" }),
  );
  return data;
}
