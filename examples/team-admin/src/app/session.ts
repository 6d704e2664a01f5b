import { refreshableToken, type Tokens } from "tenantry";

/** Signs the user in, or renews their token. Rejects with OAuth's `invalid_grant` if they have to sign in by hand. */
export type Renew = () => Promise<Tokens>;

/** The signed-in user, read from the token. */
export interface SessionUser {
  readonly name: string;
  readonly email: string;
}

/** Whether the user is signed in, and the tokens that show it. */
export interface Session {
  readonly user: SessionUser;
  /** For the client's `auth`: renews an expired token automatically, once for all calls that wait for it. */
  readonly auth: ReturnType<typeof refreshableToken>;
  /** Whether the user has to sign in before other calls can succeed. */
  readonly hasEnded: () => boolean;
  /** Calls the listener when `hasEnded` changes. Returns a function that stops this. */
  readonly subscribe: (listener: () => void) => () => void;
  /** Marks the session as ended, after the server has refused the user's token. */
  readonly end: () => void;
  /** Signs in again. */
  readonly resume: (signIn: Renew) => Promise<void>;
}

/** Creates a user's session, whose tokens come from `renew`. */
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
