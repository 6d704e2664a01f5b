import { isRecord } from "../../json/fields.js";
import { parseJson } from "../../json/parse-json.js";
import { readTokens, type StoredTokens } from "../tokens.js";
import type { TokenLock } from "./token-lock.js";

/** The content of a {@link TokenStore}: plain JSON. */
export interface Stored {
  /** The version of this format. */
  readonly v: 1;
  /** The tokens, as plain JSON. */
  readonly tokens: StoredTokens;
  /** A random id. Each save has a new one. */
  readonly revision: string;
  /** The id of the sign-in that the tokens come from. Refreshed tokens keep it. */
  readonly sessionId: string;
  /** How long the access token is valid when it is new, in milliseconds. Left out if that is not known. */
  readonly lifetimeMs?: number | undefined;
  /** How far the server's clock is ahead of the clock of the program that saved, in milliseconds. Left out if they agree. */
  readonly clockOffsetMs?: number | undefined;
  /** When a refresh with these tokens was sent, in milliseconds since 1970. Left out if no refresh is under way. */
  readonly refreshStartedAt?: number | undefined;
}

/**
 * Where `refreshableToken` keeps its tokens. They outlive the page or the process, and other processes can share them.
 * Check your own with `storeConformance` of `tenantry/testing`.
 */
export interface TokenStore {
  /** The store's name in the texts of errors. Default: "the token store". */
  readonly name?: string | undefined;
  /** Returns the last record that was saved. Undefined if the store is empty, or if its content cannot be read as {@link Stored}. */
  load(): Promise<Stored | undefined>;
  /**
   * Replaces the record in one step, but only if the stored record still has the expected revision. Undefined means that
   * the store must be empty.
   *
   * @returns false if another process has saved or cleared in the meantime. In that case, nothing is changed.
   */
  save(next: Stored, expectedRevision: string | undefined): Promise<boolean>;
  /** Empties the store. A later save that expects an older revision returns false. */
  clear(): Promise<void>;
  /**
   * Keeps processes that use the same store from refreshing at the same time. It must become free when its holder dies. Otherwise every
   * later refresh waits for it until the `timeoutMs` of the `refreshableToken`. Default: none.
   */
  readonly lock?: TokenLock | undefined;
}

/** Reads the content of a store. Returns undefined, as for an empty store, if it cannot be read. */
export function parseStored(text: string | null | undefined): Stored | undefined {
  return toStored(parseJson(text ?? ""));
}

/** Does the same as {@link parseStored}, for a store that keeps objects. */
export function toStored(value: unknown): Stored | undefined {
  if (!isRecord(value) || value["v"] !== 1) return undefined;
  const { revision, sessionId } = value;
  const tokens = readTokens(value["tokens"]);
  if (typeof tokens === "string" || typeof revision !== "string" || typeof sessionId !== "string") {
    return undefined;
  }
  return { v: 1, tokens, revision, sessionId, ...numbersOf(value) };
}

function numbersOf(value: Readonly<Record<string, unknown>>) {
  const numbers: { lifetimeMs?: number; clockOffsetMs?: number; refreshStartedAt?: number } = {};
  for (const name of ["lifetimeMs", "clockOffsetMs", "refreshStartedAt"] as const) {
    const number = value[name];
    if (typeof number === "number" && Number.isFinite(number)) numbers[name] = number;
  }
  return numbers;
}

/** Checks whether both have the same tokens of the same sign-in. True also if both are undefined. */
export function haveSameTokens(a: Stored | undefined, b: Stored | undefined | null): boolean {
  return (
    a?.sessionId === b?.sessionId &&
    a?.tokens.accessToken === b?.tokens.accessToken &&
    a?.tokens.refreshToken === b?.tokens.refreshToken
  );
}
