import { fromBase64 } from "../recording/read-bodies.js";
import { isObject, parseJson, type Unrecorded } from "../recording/recorded-call.js";
import type { Exchange } from "./exchange.js";
import type { PlaceholderMaker } from "./placeholder-maker.js";

/** The caller of a recorded call. */
interface Caller {
  /** The placeholder of the token. Null if there is none. */
  readonly as: string | null;
  /** The placeholder of the email in the token, if the token is a JWT that has one. */
  readonly email?: string;
  readonly unrecorded: readonly Unrecorded[];
}

/** Reads the caller from the value of the Authorization header. */
export function callerOf(authorization: string | undefined, placeholders: PlaceholderMaker): Caller {
  if (authorization === undefined || authorization === "") return { as: null, unrecorded: [] };
  const [, token] = /^Bearer (\S+)$/.exec(authorization) ?? [];
  if (token === undefined) {
    // The text after the last space.
    const value = authorization.split(/\s/).at(-1) || authorization;
    return { as: placeholders.of("secret", value), unrecorded: ["the form of the credentials"] };
  }
  const as = placeholders.of("secret", token);
  const email = emailIn(token);
  return email === undefined
    ? { as, unrecorded: [] }
    : { as, email: placeholders.of("email", email), unrecorded: [] };
}

/** The names of headers that contain a secret. */
const secretHeader = /auth|cookie|token|key|secret|session|password/;

/** Words in such a header that are not secret. */
const notSecret: ReadonlySet<string> = new Set(
  "bearer basic digest realm secure httponly samesite strict domain expires max-age session".split(" "),
);

/**
 * Creates placeholders for the secrets in an exchange's headers, so that a text which repeats a secret is recorded
 * without it.
 */
export function hideSecrets(
  { requestHeaders, responseHeaders }: Pick<Exchange, "requestHeaders" | "responseHeaders">,
  placeholders: PlaceholderMaker,
): void {
  for (const [name, value] of [...Object.entries(requestHeaders), ...Object.entries(responseHeaders)]) {
    if (!secretHeader.test(name)) continue;
    // A cookie is `name=value; name=value`; credentials are `scheme value`.
    for (const part of value.split(/[\s;,]+|(?<=[A-Za-z0-9_-])=(?=[^=])/)) {
      if (part.length >= 6 && !notSecret.has(part.toLowerCase())) placeholders.of("secret", part);
    }
  }
}

/** Returns the email in the claims of a JWT. The token is not checked: the server does that. */
function emailIn(token: string): string | undefined {
  const [, payload, signature] = token.split(".");
  if (payload === undefined || signature === undefined) return undefined;
  const claims = parseJson(new TextDecoder().decode(fromBase64(payload)));
  const email = isObject(claims) ? claims["email"] : undefined;
  return typeof email === "string" && email !== "" ? email : undefined;
}
