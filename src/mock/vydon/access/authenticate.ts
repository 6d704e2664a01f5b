import { failure } from "../../engine/errors.js";
import { toMs } from "../../engine/time/duration.js";
import type { VydonCaller } from "../state/rows.js";
import type { Vydon } from "../state/state.js";
import { zeroUuid } from "./access.js";

/** How long a JWT is accepted after its expiry. An API key is not accepted after its expiry. */
const jwtLeewayMs = toMs("1m");

/** The only methods that a worker key may call. */
const workerMethods: ReadonlySet<string> = new Set([
  "IsAccountStatusValid",
  "GetBillingAccounts",
  "SetBillingMeterEvent",
]);

const noJwt = "could not parse the token: go-jose/go-jose: compact JWS format must have three parts";

/**
 * Returns the holder of a call's token. The server reads a token as a JWT if the token is unknown, if the service accepts only JWTs, or if
 * it is a worker key that may not call the method.
 *
 * @throws ConnectError `unauthenticated`, with the real server's text.
 */
export function authenticate(
  { state, clock, modes, past }: Vydon,
  header: Headers,
  method: string,
  accepts: "any token" | "JWTs",
): VydonCaller {
  if (!modes.auth) return { kind: "anonymous", userId: zeroUuid };
  const token = bearerToken(header.get("authorization") ?? "");
  const session = state.sessions.get(token);
  if (session === undefined) throw refusal(describeUnknown(token) + past.explain(token));
  const { who, expiresAt } = session;
  switch (who.kind) {
    case "worker_key":
      if (!modes.cloud || !workerMethods.has(method)) throw refusal(describeUnknown(token));
      return who;
    case "api_key":
      if (accepts === "JWTs") throw refusal(describeUnknown(token));
      if (expiresAt !== null && expiresAt <= clock.now()) throw refusal("token is expired");
      return who;
    default:
      if (expiresAt !== null && expiresAt + jwtLeewayMs < clock.now()) {
        throw refusal(
          "expected claims not validated: go-jose/go-jose/jwt: validation failed, token is expired (exp)",
        );
      }
      return who;
  }
}

/** Returns the token of an `Authorization` header, which must be exactly two words: "Bearer" and the token. */
function bearerToken(value: string): string {
  if (value === "") throw refusal("must provide valid bearer token");
  const [scheme, token, ...more] = value.split(" ");
  if (token === undefined || more.length > 0) throw refusal("token not in proper format");
  if (scheme !== "Bearer") throw refusal("must provided bearer token");
  return token;
}

/** Returns the error text of the server's JWT library for a token that it cannot verify. */
function describeUnknown(token: string): string {
  const [head = "", ...rest] = token.split(".");
  if (rest.length !== 2) return noJwt;
  const invalid = invalidByte(head);
  if (invalid >= 0) return `could not parse the token: illegal base64 data at input byte ${invalid}`;
  const text = atob(head.replaceAll("-", "+").replaceAll("_", "/"));
  const first = text.trimStart().charAt(0);
  if (first === "") return "could not parse the token: unexpected end of JSON input";
  if (!/[[{"tfn\-\d]/.test(first)) {
    return `could not parse the token: invalid character '${first}' looking for beginning of value`;
  }
  const algorithm = algorithmOf(text);
  if (algorithm === undefined) return "could not parse the token: unexpected end of JSON input";
  if (algorithm !== "RS256") {
    return `signing method is invalid: expected "RS256" signing algorithm but token specified ${JSON.stringify(algorithm)}`;
  }
  // The mock has no key to verify a signature with.
  return "failed to deserialize token claims: could not get token claims: go-jose/go-jose: unsupported key type/format";
}

/**
 * Returns the index of the first character that is not base64, or -1. A single character at the end is not valid base64
 * either.
 */
function invalidByte(text: string): number {
  const index = text.search(/[^A-Za-z0-9_-]/);
  return index < 0 && text.length % 4 === 1 ? text.length - 1 : index;
}

/** Returns the algorithm in a JWT's header. Empty if there is none, undefined if the header is not a JSON object. */
function algorithmOf(text: string): string | undefined {
  try {
    const header: unknown = JSON.parse(text);
    if (typeof header !== "object" || header === null) return undefined;
    return "alg" in header && typeof header.alg === "string" ? header.alg : "";
  } catch {
    return undefined;
  }
}

function refusal(text: string) {
  return failure("unauthenticated", text);
}
