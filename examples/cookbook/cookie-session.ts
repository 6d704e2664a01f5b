import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import {
  type Clock,
  type Refresh,
  type RefreshableToken,
  refreshableToken,
  simpleStore,
  type Tokens,
} from "tenantry";

/** The cookies of one request, and of its response. Frameworks have something similar. */
export interface CookieJar {
  get(name: string): string | undefined;
  /** Sets a cookie that is HttpOnly, Secure and SameSite=Lax. Undefined removes it. */
  set(name: string, value: string | undefined): void;
}

/** Creates the sessions of one server. Their tokens are in a cookie that only the server can read. */
export function cookieSessions({
  key,
  refresh,
  clock,
}: {
  key: Uint8Array;
  refresh: Refresh;
  clock?: Clock;
}) {
  const shared = sharedRefresh(refresh);
  return {
    /** Returns the session of one request. Call it for each request. Pass the session to a client as `auth`. */
    of(jar: CookieJar): RefreshableToken {
      const store = simpleStore({
        load: () => open(key, jar.get("session")),
        save: (stored) => jar.set("session", stored && seal(key, stored)),
      });
      // There is no lock, because the source is for one request only. A refresh in the background could end after the
      // response, when it is too late for a cookie. So there is none (`advisoryMs: 0`).
      return refreshableToken({ refresh: shared, store, clock, advisoryMs: 0 });
    },
  };
}

/**
 * Requests that the browser sends at the same time have the same cookie. They share one refresh, and use its tokens for
 * a minute.
 */
function sharedRefresh(refresh: Refresh): Refresh {
  const known = new Map<string, Promise<Tokens>>();
  return (request) => {
    const { refreshToken } = request;
    // Without a refresh token, nothing shows that two requests are of the same person.
    if (refreshToken === undefined) return refresh(request);
    const earlier = known.get(refreshToken);
    if (earlier !== undefined) return earlier;
    const tokens = Promise.resolve(refresh(request));
    known.set(refreshToken, tokens);
    const forget = () => known.delete(refreshToken);
    tokens.then(() => setTimeout(forget, 60_000).unref(), forget);
    return tokens;
  };
}

function seal(key: Uint8Array, value: unknown): string {
  const nonce = randomBytes(12);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  const text = Buffer.concat([cipher.update(JSON.stringify(value)), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), text]).toString("base64url");
}

/** Decrypts a cookie. Returns undefined if it is missing, was changed, or was encrypted with another key. */
function open(key: Uint8Array, sealed: string | undefined): unknown {
  try {
    const bytes = Buffer.from(sealed ?? "", "base64url");
    const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(0, 12), { authTagLength: 16 });
    decipher.setAuthTag(bytes.subarray(12, 28));
    return JSON.parse(`${decipher.update(bytes.subarray(28))}${decipher.final()}`);
  } catch {
    return undefined;
  }
}
