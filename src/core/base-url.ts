import { InvalidArgumentError } from "./errors.js";

/**
 * Checks a base URL where it is given, so that a mistake shows there and not
 * as a puzzling failure of the first call; answers it without a trailing slash.
 */
export function checkBaseUrl(baseUrl: string, secrets: { carried: boolean; allowInsecure: boolean }): string {
  const wrong = (why: string) =>
    new InvalidArgumentError(`baseUrl ${why}`, {
      violations: [{ field: "baseUrl", rule: "", message: why }],
    });
  const url = typeof baseUrl === "string" && URL.canParse(baseUrl) ? new URL(baseUrl) : undefined;
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw wrong("must be an absolute http or https URL, such as https://api.example.com");
  }
  if (url.username || url.password) throw wrong("must not hold a user or password; give a token as `auth`");
  if (url.search || url.hash)
    throw wrong("must not have a query or fragment; the method's path is appended to it");
  if (secrets.carried && !secrets.allowInsecure && url.protocol === "http:" && !isLoopback(url.hostname)) {
    throw wrong(
      "is plain http, over which anybody on the way can read the token; use https, or set allowInsecureAuth: true where the network is yours",
    );
  }
  return url.href.replace(/\/+$/, "");
}

function isLoopback(host: string): boolean {
  return (
    host === "localhost" || host.endsWith(".localhost") || host === "[::1]" || /^127(\.\d+){3}$/.test(host)
  );
}
