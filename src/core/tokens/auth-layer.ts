import { isTimeout } from "../call/abort.js";
import type { Call, Layer } from "../call/call.js";
import { type Clock, spanTime } from "../call/clock.js";
import { ApiError } from "../errors/api-error.js";
import { NetworkError, UnauthenticatedError } from "../errors/errors.js";
import { isNetworkFailure, textOf } from "../errors/network.js";
import { isSendable, type TokenSource, unsendable } from "./auth.js";

/**
 * The layer that sends the token. If the server refuses a token, the layer asks for another one and repeats the request
 * once, for every method: a server that does not know its caller has not acted.
 */
export function authLayer({ source, clock }: { source: TokenSource | undefined; clock: Clock }): Layer {
  return (next) => async (attempt) => {
    const { call, headers, signal } = attempt;
    const own = headers["authorization"];
    // An authorization header of the caller's own counts more.
    if (!source || own !== undefined) {
      if (own) note(call, own.slice(own.lastIndexOf(" ") + 1));
      return next(attempt);
    }
    const startedAt = spanTime(clock);
    const send = (token: string) => {
      note(call, token);
      return next({
        call,
        headers: { authorization: `Bearer ${token}`, ...headers },
        signal,
        // The time that it took to get the token is gone from the attempt's time.
        limitMs: attempt.limitMs - (spanTime(clock) - startedAt),
      });
    };
    // An earlier attempt may have been sent as somebody who has signed out since.
    const token = await obtain(source, { signal, sent: call.token });
    try {
      return await send(token);
    } catch (reason) {
      if (signal?.aborted || !(reason instanceof UnauthenticatedError)) throw reason;
      const fresh = await obtain(source, { signal, rejected: token, sent: token });
      if (fresh === token) throw reason;
      return send(fresh);
    }
  };
}

/** Keeps the token that a request is about to carry. */
function note(call: Call<unknown>, token: string): void {
  call.token = token;
  call.secrets.push(token);
}

async function obtain(source: TokenSource, request: Parameters<TokenSource["token"]>[0]): Promise<string> {
  const { signal } = request;
  let token: string;
  try {
    token = await source.token(request);
  } catch (cause) {
    // An error of ours that belongs to no call yet says already what is wrong.
    if (signal?.aborted || (cause instanceof ApiError && !cause.method)) throw cause;
    const text = `no token to send: ${textOf(cause)}`;
    // Being offline must not send the user to the sign-in page.
    throw isTimeout(cause) || isNetworkFailure(cause)
      ? new NetworkError(text, { cause })
      : new UnauthenticatedError(text, { cause });
  }
  // A function of the caller's may have ignored the signal.
  signal?.throwIfAborted();
  if (isSendable(token)) return token;
  throw new UnauthenticatedError(`no token to send: \`auth\` ${unsendable}`);
}
