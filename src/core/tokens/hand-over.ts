import { isTimeout, within } from "../call/abort.js";
import type { Clock } from "../call/clock.js";
import { ApiError } from "../errors/api-error.js";
import { endedError } from "../errors/ended-error.js";
import { textOf } from "../errors/network.js";
import { copyCause } from "../errors/secrets.js";
import type { TokenSource } from "./auth.js";
import { secretsOf } from "./tokens.js";

/** The tokens that a call returned. */
interface Pair {
  readonly accessToken: string;
  readonly refreshToken?: string | undefined;
}

/**
 * Passes the tokens that a call has returned to the client's source, if it has an `accept`.
 *
 * @param limits - the time that is left for the call, and its signal.
 * @throws ApiError if the source fails or takes too long. The server has acted, so the tokens must not be lost: they are its
 * `partial`, which no log shows.
 */
export async function handOver(
  tokens: Pair,
  source: TokenSource | undefined,
  limits: { signal?: AbortSignal | undefined; timeoutMs?: number | undefined; clock: Clock },
): Promise<void> {
  try {
    await within(limits, async () => source?.accept?.(tokens));
  } catch (reason) {
    throw failure(reason, tokens, limits.signal);
  }
}

function failure(reason: unknown, tokens: Pair, signal: AbortSignal | undefined): ApiError {
  const doing = "`auth` accepted the new tokens. They are the error's `partial`";
  if (signal?.aborted || isTimeout(reason)) return endedError(reason, doing, signal?.aborted, tokens);
  const cause = copyCause(reason, secretsOf(tokens));
  const text = `the server has issued new tokens, but \`auth\` did not accept them: ${textOf(cause)}. They are the error's \`partial\`.`;
  return new ApiError(text, { code: "internal", partial: tokens, cause });
}
