import { isRecord } from "../json/fields.js";
import { tokenProblem } from "./auth.js";

/** A pair of tokens, as a sign-in or a refresh returns it. */
export interface Tokens {
  /** The token to send with calls. */
  readonly accessToken: string;
  /** The token for the next refresh. If a refresh leaves it out, the old one is kept. */
  readonly refreshToken?: string | undefined;
  /**
   * When the access token expires: a `Date`, an ISO 8601 string, or milliseconds since 1970 (`Date.now() + expiresIn *
   * 1000`). Default: the `exp` of a JWT. If there is neither, the token is used until a server refuses it.
   */
  readonly expiresAt?: Date | string | number | undefined;
}

/** Tokens as they are stored: plain JSON. */
export interface StoredTokens extends Tokens {
  /** When the access token expires, in milliseconds since 1970. Left out if that is not known. */
  readonly expiresAt?: number | undefined;
}

/** Returns the tokens that no error may contain. */
export function secretsOf(tokens?: {
  accessToken?: string | undefined;
  refreshToken?: string | undefined;
}): string[] {
  return [tokens?.accessToken, tokens?.refreshToken].flatMap((secret) => secret || []);
}

/** 1 January 2001. An earlier date is a mistake: seconds instead of milliseconds, or a duration instead of a date. */
const earliest = 978_307_200_000;
/** The last date that a `Date` can hold. */
const latest = 8.64e15;

/** Names that OAuth and other libraries use. If they were ignored, the token would never expire, or never be refreshed. */
const otherNames = {
  access_token: "accessToken",
  refresh_token: "refreshToken",
  expires_in: "expiresAt",
  expires_at: "expiresAt",
  expiresIn: "expiresAt",
} as const;

/**
 * Checks tokens that come from other code.
 *
 * @returns the tokens as plain JSON, or a string that describes the problem. It contains no value.
 */
export function readTokens(value: unknown): StoredTokens | string {
  if (!isRecord(value)) return "is not an object with an accessToken";
  for (const [name, field] of Object.entries(otherNames)) {
    if (value[name] == null || value[field] !== undefined) continue;
    return `has ${name}: give ${field}${field === "expiresAt" ? ", a date or milliseconds," : ""} instead`;
  }
  const { accessToken, refreshToken, expiresAt } = value;
  if (typeof accessToken !== "string" || accessToken === "") return "has no accessToken";
  if (refreshToken !== undefined && refreshToken !== null && typeof refreshToken !== "string") {
    return "has a refreshToken that is not a string";
  }
  const at = expiresAt === undefined ? undefined : toMilliseconds(expiresAt);
  if (at !== undefined && !(at >= earliest && at <= latest)) {
    return "has an invalid expiresAt: give a Date, an ISO string or milliseconds since 1970, such as Date.now() + expires_in * 1000";
  }
  return {
    accessToken,
    ...(refreshToken && { refreshToken }),
    ...(at !== undefined && { expiresAt: at }),
  };
}

/** Checks tokens from `initial`, a sign-in or a refresh, as {@link readTokens} does, and also whether a call can send them. */
export function readNewTokens(value: unknown): StoredTokens | string {
  const tokens = readTokens(value);
  if (typeof tokens === "string") return tokens;
  const problem = tokenProblem(tokens.accessToken);
  return problem ? `has an accessToken that ${problem}` : tokens;
}

/** Returns a date in milliseconds since 1970; NaN for any other value. */
function toMilliseconds(value: unknown): number {
  if (typeof value === "number") return value;
  // `instanceof` would fail for a Date of another window or realm.
  if (Object.prototype.toString.call(value) === "[object Date]") return Number(value);
  const [, date, time, zone] = (typeof value === "string" && isoForm.exec(value)) || [];
  // A server that leaves the zone out most likely uses UTC. `Date.parse` would assume the zone of this machine.
  return date === undefined ? Number.NaN : Date.parse(`${date}T${time ?? "00:00"}${zone ?? "Z"}`);
}

const isoForm = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?)(Z|[+-]\d\d:?\d\d)?)?$/i;
