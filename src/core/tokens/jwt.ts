/**
 * When a JWT expires (`exp`), in milliseconds since the Unix epoch. Nothing for a token of another kind, and for one whose
 * claims can't be read. The signature is not checked: that is the server's business.
 */
export function jwtExpiry(token: string): number | undefined {
  try {
    const payload = token.split(".")[1] ?? "";
    const claims: unknown = JSON.parse(atob(payload.replaceAll("-", "+").replaceAll("_", "/")));
    const exp = typeof claims === "object" && claims && "exp" in claims ? Number(claims.exp) : 0;
    return exp > 0 && exp < Infinity ? exp * 1000 : undefined;
  } catch {
    return undefined;
  }
}
