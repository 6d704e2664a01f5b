import { Code, ConnectError, type Transport } from "@connectrpc/connect";
import { isTimeout } from "./abort.js";
import { callOf } from "./call.js";
import type { Clock } from "./clock.js";
import { InvalidArgumentError, NetworkError, UnauthenticatedError } from "./errors.js";
import { isNetworkFailure } from "./failure.js";
import { unaryLayer } from "./layer.js";

/** Where a client's tokens come from, for sources that can replace a token: see `refreshableToken`. */
export interface TokenSource {
  /**
   * A token that can be sent now.
   *
   * @param options.signal - ends this caller's wait, not a refresh that others wait for too.
   * @param options.rejected - the token that a server has just refused: answer another one, if there is one.
   */
  token(options: { signal?: AbortSignal | undefined; rejected?: string | undefined }): Promise<string>;
  /** Takes a pair of tokens that a call has answered, such as FAM's `AcceptInvitation`. */
  accept?(tokens: { accessToken: string; refreshToken?: string | undefined }): Promise<void>;
}

/**
 * How a client authenticates: a token (an API key, a personal access token, a
 * JWT), a function that answers one for each call, or a {@link TokenSource}.
 * It is sent as `Authorization: Bearer TOKEN`.
 */
export type Auth = string | (() => string | Promise<string>) | TokenSource;

/** One shape for the three kinds of {@link Auth}. */
export function toTokenSource(auth: Auth): TokenSource {
  if (typeof auth === "function") return { token: async () => auth() };
  if (typeof auth !== "string") return auth;
  if (!isSendable(auth)) {
    throw new InvalidArgumentError(
      "auth is no token: it is empty or holds spaces or other characters that no header can carry",
    );
  }
  return { token: async () => auth };
}

/**
 * The layer that sends the token and the client's own headers. A token that
 * the server refuses is asked for anew and the call repeated once, whatever
 * the method: a server that does not know its caller has not acted.
 */
export function authLayer(
  next: Transport,
  settings: { source: TokenSource | undefined; headers: HeadersInit | undefined; clock: Clock },
): Transport {
  const { source, clock } = settings;
  // Copied, so that what the caller does to theirs later changes nothing.
  const defaults = toRecord(settings.headers);
  return unaryLayer(next, async (method, signal, timeoutMs, header, input, contextValues) => {
    const startedAt = clock.now();
    const given = { ...defaults, ...toRecord(header) };
    const own = given["authorization"];
    const send = async (token?: string) => {
      const headers = token ? { ...given, authorization: `Bearer ${token}` } : given;
      const call = callOf(contextValues);
      if (call) call.authenticated = "authorization" in headers;
      // What getting the token took is gone from the attempt's time.
      const limitMs = timeoutMs && Math.max(1, timeoutMs - (clock.now() - startedAt));
      try {
        return await next.unary(method, signal, limitMs, headers, input, contextValues);
      } catch (reason) {
        throw scrubbed(reason, token ?? own?.split(" ").pop());
      }
    };
    // An authorization header of the caller's own wins.
    if (!source || own !== undefined) return send();
    const token = await obtain(source, signal);
    try {
      return await send(token);
    } catch (reason) {
      if (signal?.aborted || ConnectError.from(reason).code !== Code.Unauthenticated) throw reason;
      const fresh = await obtain(source, signal, token);
      if (fresh === token) throw reason;
      return send(fresh);
    }
  });
}

async function obtain(
  source: TokenSource,
  signal: AbortSignal | undefined,
  rejected?: string,
): Promise<string> {
  let token: string;
  try {
    token = await source.token({ signal, rejected });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    const text = `no token to send: ${cause instanceof Error ? cause.message : String(cause)}`;
    // Being offline is no reason to send the user to the sign-in page.
    throw isTimeout(cause) || isNetworkFailure(cause)
      ? new NetworkError(text, { cause })
      : new UnauthenticatedError(text, { cause });
  }
  if (!isSendable(token)) {
    throw new UnauthenticatedError(
      "no token to send: `auth` answered none, or one with characters that no header can carry",
    );
  }
  return token;
}

/** Visible ASCII only. Headers would refuse the rest too, with the token in the error's text. */
function isSendable(token: unknown): boolean {
  return typeof token === "string" && /^[\x21-\x7e]+$/.test(token);
}

/**
 * Headers by their lower-case names: the platform's own `Headers` would be copied by each layer. The platform's error holds
 * the value, which may be a secret: ours doesn't.
 */
function toRecord(init: HeadersInit | undefined): Record<string, string> | undefined {
  try {
    return init && Object.fromEntries(new Headers(init));
  } catch {
    throw new InvalidArgumentError("`headers` holds a name or a value that no header can carry");
  }
}

/** The same failure; where a server echoes the token in its text or headers, without it. */
function scrubbed(reason: unknown, token: string | undefined): unknown {
  if (!(reason instanceof ConnectError) || !token) return reason;
  for (const [name, value] of [...reason.metadata]) {
    if (value.includes(token)) reason.metadata.delete(name);
  }
  if (!reason.message.includes(token)) return reason;
  const text = reason.rawMessage.replaceAll(token, "[token]");
  const clean = new ConnectError(text, reason.code, reason.metadata);
  clean.details = reason.details;
  clean.isWireError = reason.isWireError;
  return clean;
}
