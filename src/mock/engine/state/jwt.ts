import { base64Encode } from "@bufbuild/protobuf/wire";
import type { Ids } from "./ids.js";

/** The person that a JWT is for. */
export interface Subject {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

/**
 * Creates a token in the form of a JWT. Its signature is random: the server looks up the whole token and does not read it. Points in time
 * are milliseconds since 1970.
 */
export function newJwt(ids: Ids, { id, email, name }: Subject, issuedAt: number, expiresAt: number): string {
  const claims = { sub: id, email, name, iat: toSeconds(issuedAt), exp: toSeconds(expiresAt) };
  return `${encode({ alg: "RS256", typ: "JWT" })}.${encode(claims)}.${ids.token(43)}`;
}

function toSeconds(ms: number): number {
  return Math.floor(ms / 1_000);
}

function encode(value: unknown): string {
  return base64Encode(new TextEncoder().encode(JSON.stringify(value)), "url");
}
