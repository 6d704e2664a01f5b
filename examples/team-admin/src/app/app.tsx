import { useQuery, useQueryClient } from "@tanstack/react-query";
import { type ReactNode, useState, useSyncExternalStore } from "react";
import { type Hooks, UnauthenticatedError } from "tenantry";
import { ApiKeysSection } from "../api-keys/api-keys-section.tsx";
import { BillingSection } from "../billing/billing-section.tsx";
import { InvitesSection } from "../invites/invites-section.tsx";
import { MembersSection } from "../members/members-section.tsx";
import { NoticesProvider, Toasts } from "../ui/notices.tsx";
import { Problem } from "../ui/problem.tsx";
import { ApiProvider, useApi } from "./api.tsx";
import { Header } from "./header.tsx";
import { createSession, type Renew, type Session, type SessionUser } from "./session.ts";
import { SignedOutDialog } from "./signed-out-dialog.tsx";
import { TeamProvider } from "./team.tsx";

/** The properties of the app. */
export interface AppProps {
  /** The API's URL. */
  baseUrl: string;
  /** Who is signed in. */
  user: SessionUser;
  /** Gets a token for the user: by a silent renewal or, with `byHand`, because they clicked "Sign in". */
  signIn: (how: { byHand: boolean }) => ReturnType<Renew>;
  /** Opens a page of the billing system. */
  openBilling: (url: string) => void;
  /** Hooks for the client's calls, for a log or for traces. */
  hooks?: Hooks;
  /** Content beside the page. */
  children?: ReactNode;
}

/** The page of a team's admin. */
export function App({ baseUrl, user, signIn, openBilling, hooks, children }: AppProps) {
  const [session] = useState(() => createSession(user, () => signIn({ byHand: false })));
  return (
    <ApiProvider baseUrl={baseUrl} session={session} hooks={hooks}>
      <NoticesProvider>
        <Page user={session.user} openBilling={openBilling}>
          {children}
        </Page>
        <SignedOut session={session} signIn={() => signIn({ byHand: true })} />
      </NoticesProvider>
    </ApiProvider>
  );
}

function SignedOut({ session, signIn }: { session: Session; signIn: Renew }) {
  const hasEnded = useSyncExternalStore(session.subscribe, session.hasEnded);
  return hasEnded ? <SignedOutDialog onSignIn={() => session.resume(signIn)} /> : null;
}

function Page({ user, openBilling, children }: Pick<AppProps, "user" | "openBilling" | "children">) {
  const { queries } = useApi();
  const queryClient = useQueryClient();
  const accounts = useQuery(queries.accounts.list());
  const teams = accounts.data?.filter(({ type }) => type !== "personal");
  // If the session has ended, the dialog tells the user.
  const problem = accounts.error instanceof UnauthenticatedError ? null : accounts.error;
  const [chosen, choose] = useState<string>();
  const team = teams?.find(({ id }) => id === chosen) ?? teams?.[0];

  return (
    <TeamProvider team={team} choose={choose}>
      <div className="app">
        <a className="skip-link" href="#main">
          Skip to the members
        </a>
        <Header user={user} teams={teams} />
        <main id="main" className="page">
          {problem && (
            <Problem
              error={problem}
              note={teams && "What you see may be out of date."}
              onRetry={() => queryClient.invalidateQueries()}
            />
          )}
          {(teams || !accounts.error) && (
            <>
              <MembersSection key={team?.id} />
              <aside className="page-side" aria-label="Billing, invites and API keys">
                <BillingSection openBilling={openBilling} />
                <InvitesSection />
                <ApiKeysSection />
              </aside>
            </>
          )}
        </main>
        <Toasts />
      </div>
      {children}
    </TeamProvider>
  );
}
