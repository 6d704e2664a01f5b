import type { Ids } from "./ids.js";

/** What a JSON web token says of its bearer; points in time in seconds since 1970. */
export interface Claims {
  readonly sub: string;
  readonly email: string;
  readonly name: string;
  readonly iat: number;
  readonly exp: number;
}

/** A token in the shape of a JWT. Its signature signs nothing: the server looks the token up and trusts nothing in it. */
export function newJwt(ids: Ids, claims: Claims): string {
  return `${encode({ alg: "RS256", typ: "JWT" })}.${encode(claims)}.${ids.token(43)}`;
}

function encode(value: unknown): string {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}
