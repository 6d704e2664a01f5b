import { isTimeout } from "../call/abort.js";
import type { Send } from "../call/call.js";
import { ApiError } from "../errors/api-error.js";
import { NetworkError, UnauthenticatedError } from "../errors/errors.js";
import { isFailedCall } from "../errors/failed-call.js";
import { causes, isNetworkFailure, textOf } from "../errors/network.js";
import { type TokenSource, tokenProblem } from "./auth.js";

/**
 * Creates the layer that sends the token. If the server refuses a token, the layer gets another one and sends the request again,
 * once for each call and for every method: a server that refuses the token has not acted.
 */
export function authLayer(next: Send, { source }: { source: TokenSource | undefined }): Send {
  return async (attempt) => {
    const { call, headers, signal } = attempt;
    const own = headers["authorization"];
    // The caller's own authorization header replaces the token.
    if (!source || own !== undefined) {
      if (own) call.token = own;
      return next(attempt);
    }
    const send = (token: string) => {
      call.token = token;
      return next({ ...attempt, headers: { authorization: `Bearer ${token}`, ...headers } });
    };
    // The user may have signed out since the earlier attempt.
    const token = await getToken(source, { signal, sent: call.token });
    try {
      return await send(token);
    } catch (reason) {
      if (signal.aborted || call.refused || !(reason instanceof UnauthenticatedError)) throw reason;
      call.refused = true;
      const fresh = await getToken(source, { signal, rejected: token, sent: token });
      if (fresh === token) throw reason;
      return send(fresh);
    }
  };
}

/** The codes of calls that may succeed later. */
const temporaryCode = /^\[(unavailable|deadline_exceeded|resource_exhausted)]/;

async function getToken(source: TokenSource, request: Parameters<TokenSource["token"]>[0]): Promise<string> {
  const { signal } = request;
  let token: string;
  try {
    token = await source.token(request);
  } catch (cause) {
    // An `ApiError` without a method comes from the source itself, and describes the problem.
    if (cause instanceof ApiError && !cause.method) throw cause;
    const text = `no token to send: ${textOf(cause)}`;
    // If the user is offline or a server is down, the app must not show the sign-in page.
    throw isTimeout(cause) || isNetworkFailure(cause) || isFailedCall(cause, temporaryCode)
      ? new NetworkError(text, {
          cause,
          retryAfterMs: causes(cause).find((each) => each instanceof ApiError)?.retryAfterMs,
        })
      : new UnauthenticatedError(text, { cause });
  }
  // The caller's `auth` function may have ignored the signal.
  signal?.throwIfAborted();
  const problem = tokenProblem(token);
  if (problem) throw new UnauthenticatedError(`no token to send: \`auth\` ${problem}`);
  return token;
}
