import { isRecord } from "../json/fields.js";

/**
 * Returns when a JWT expires (`exp`), in milliseconds since 1970. Returns undefined if the token is not a JWT, or if its
 * claims cannot be read. The signature is not checked: the server does that.
 */
export function jwtExpiry(token: string): number | undefined {
  return claimedTime(token, "exp");
}

/** Returns when a JWT was issued (`iat`), in milliseconds since 1970. Undefined if that is not known. */
export function jwtIssuedAt(token: string): number | undefined {
  return claimedTime(token, "iat");
}

function claimedTime(token: string, claim: "exp" | "iat"): number | undefined {
  try {
    const payload = token.split(".")[1] ?? "";
    const claims: unknown = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
    const seconds = isRecord(claims) ? Number(claims[claim]) : 0;
    return seconds > 0 && seconds < Infinity ? seconds * 1000 : undefined;
  } catch {
    return undefined;
  }
}
