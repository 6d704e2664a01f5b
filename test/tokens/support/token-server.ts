import {
  memoryStore,
  type RefreshableTokenOptions,
  type RefreshRequest,
  refreshableToken,
  type Stored,
  type TokenStore,
  type Tokens,
} from "tenantry";
import { CountingClock } from "../../support/counted.js";

export const minute = 60_000;
export const start = Date.UTC(2026, 0, 1);

/** The content of a store, after a sign-in an hour before the tokens expire. */
export function storedTokens(accessToken: string, more: Partial<Stored> = {}): Stored {
  const tokens = { accessToken, refreshToken: `${accessToken}-refresh`, expiresAt: start + 60 * minute };
  return { v: 1, tokens, revision: accessToken, sessionId: "ada", ...more };
}

/** A store with something in it, and functions to replace some of its own. */
export async function storeWith(
  stored: Stored | undefined,
  changes: Partial<TokenStore> = {},
): Promise<TokenStore> {
  const store = memoryStore();
  if (stored) await store.save(stored, undefined);
  return { ...store, ...changes };
}

/** A store of which these methods fail while `isDown` is true. */
export function sometimesDown(
  inner: TokenStore,
  ...methods: readonly ("load" | "save")[]
): TokenStore & { isDown: boolean } {
  const run = <T>(method: "load" | "save", work: () => Promise<T>) =>
    store.isDown && methods.includes(method) ? Promise.reject(new Error("ECONNREFUSED")) : work();
  const store: TokenStore & { isDown: boolean } = {
    ...inner,
    isDown: false,
    load: () => run("load", inner.load),
    save: (next, expected) => run("save", () => inner.save(next, expected)),
  };
  return store;
}

/** A token server that numbers its pairs, each valid for an hour, and a source that refreshes there. */
export function tokenServer(options: Partial<RefreshableTokenOptions> = {}) {
  const clock = new CountingClock(start);
  const requests: RefreshRequest[] = [];
  const pair = (): Tokens => ({
    accessToken: `access-${requests.length}`,
    refreshToken: `refresh-${requests.length}`,
    expiresAt: clock.now() + 60 * minute,
  });
  const refresh = async (request: RefreshRequest): Promise<Tokens> => {
    requests.push(request);
    return pair();
  };
  const initial = {
    accessToken: "access-0",
    refreshToken: "refresh-0",
    expiresAt: new Date(start + 60 * minute),
  };
  const source = refreshableToken({ refresh, initial, clock, ...options });
  return { source, clock, requests };
}
