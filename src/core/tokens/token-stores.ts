import type { TokenLock } from "./token-lock.js";

/** What a sign-in or a refresh answers. */
export interface Tokens {
  /** The token that calls carry. */
  readonly accessToken: string;
  /** What the next refresh is made with. */
  readonly refreshToken?: string | undefined;
  /**
   * When the access token lapses, as a date or in milliseconds since the Unix epoch. Default: what the token says itself
   * where it is a JWT; else it is used until a server refuses it.
   */
  readonly expiresAt?: Date | number | undefined;
}

/** Tokens as they are stored: plain JSON. */
export interface StoredTokens extends Tokens {
  /** In milliseconds since the Unix epoch. */
  readonly expiresAt?: number | undefined;
}

/** Where `refreshableToken` keeps its tokens, so that they outlive the page or the process. */
export interface TokenStore {
  /** The tokens saved last; nothing where there are none, or what is there can't be read. */
  load(): StoredTokens | undefined | Promise<StoredTokens | undefined>;
  /** Keeps the tokens in place of those before. */
  save(tokens: StoredTokens): void | Promise<void>;
  /** Keeps all who use the same store from refreshing at the same time. */
  readonly lock?: TokenLock | undefined;
}

/** Keeps tokens in memory: for tests, and to share them between two sources of one program. */
export function memoryStore(): TokenStore {
  let tokens: StoredTokens | undefined;
  return {
    load: () => tokens,
    save: (next) => {
      tokens = next;
    },
  };
}

/** Stored text as tokens. Whatever is wrong with it or with reading it counts as nothing stored: the user signs in anew. */
export function parseTokens(read: () => string | null): StoredTokens | undefined {
  try {
    return toStored(JSON.parse(read() ?? "null"));
  } catch {
    return undefined;
  }
}

/** Whatever somebody else's code gave, as tokens; nothing where it holds no access token. */
export function toStored(value: unknown): StoredTokens | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  const { accessToken, refreshToken, expiresAt }: { [K in keyof Tokens]?: unknown } = value;
  if (typeof accessToken !== "string" || accessToken === "") return undefined;
  const at = expiresAt instanceof Date ? expiresAt.getTime() : expiresAt;
  return {
    accessToken,
    ...(typeof refreshToken === "string" && { refreshToken }),
    ...(typeof at === "number" && Number.isFinite(at) && { expiresAt: at }),
  };
}
