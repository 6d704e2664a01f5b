import type { TransportRequest } from "../core/call/transport.js";
import { checkBaseUrl, isInsecure } from "../core/wire/base-url.js";

/** An address, and a check that no secret is sent to it in plain text. */
export interface GuardedUrl {
  /** The URL without a slash at its end. */
  readonly baseUrl: string;
  /** @throws InvalidArgumentError if the request has a secret, and the URL is plain http to another machine. */
  check(request: TransportRequest): void;
}

/**
 * Checks the address of a transport. Returns it with a check for each call, because only some calls have a secret.
 *
 * @throws InvalidArgumentError if the URL is wrong.
 */
export function guardUrl(url: string | URL, allowInsecure = false): GuardedUrl {
  const baseUrl = checkBaseUrl(url, false);
  const mustNotCarrySecrets = !allowInsecure && isInsecure(new URL(baseUrl));
  return {
    baseUrl,
    check({ headers, hasSecret }) {
      const isSecret = hasSecret || headers["authorization"] !== undefined;
      if (mustNotCarrySecrets && isSecret) checkBaseUrl(baseUrl, true);
    },
  };
}
