import { refreshableToken, type Tokens } from "tenantry";

/** Signs the user in, or renews their token; rejects with OAuth's `invalid_grant` when they have to sign in by hand. */
export type Renew = () => Promise<Tokens>;

/** Who is signed in, as their token says. */
export interface SessionUser {
  readonly name: string;
  readonly email: string;
}

/** Whether the user is signed in, and the tokens that show it. */
export interface Session {
  readonly user: SessionUser;
  /** For the client's `auth`: renews an expired token by itself, once for all calls that wait for it. */
  readonly auth: ReturnType<typeof refreshableToken>;
  /** Whether the user has to sign in before anything else works. */
  readonly hasEnded: () => boolean;
  /** Called when that changes. */
  readonly subscribe: (listener: () => void) => () => void;
  /** Says that the server does not know the user any more. */
  readonly end: () => void;
  /** Signs in again. */
  readonly resume: (signIn: Renew) => Promise<void>;
}

/** A user's session, whose tokens come from `renew`. */
export function createSession(user: SessionUser, renew: Renew): Session {
  const auth = refreshableToken({ refresh: renew });
  const listeners = new Set<() => void>();
  let ended = false;

  function set(value: boolean): void {
    if (ended === value) return;
    ended = value;
    for (const listener of listeners) listener();
  }

  return {
    user,
    auth,
    hasEnded: () => ended,
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    end: () => set(true),
    async resume(signIn) {
      await auth.accept(await signIn());
      set(false);
    },
  };
}
