import { invalidArgument } from "../errors/invalid-argument.js";

/**
 * Checks a base URL, so that a mistake fails in the constructor and not in the first call.
 *
 * @param mustBeSafe - whether secrets are sent there, so that plain http to another machine is an error.
 * @returns the URL without a slash at its end.
 * @throws InvalidArgumentError if it is wrong.
 */
export function checkBaseUrl(baseUrl: string | URL | undefined, mustBeSafe: boolean): string {
  // `instanceof` would fail for a URL of another realm.
  const text = String(typeof baseUrl === "object" ? baseUrl?.href : baseUrl);
  const url = toUrl(text);
  if (!url || !/^https?:$/.test(url.protocol)) {
    throw invalidArgument("baseUrl", baseUrl ? "must be an absolute http or https URL" : "is missing");
  }
  // `search` would miss an empty query ("?").
  if (url.username || url.password || /[?#]/.test(text)) {
    throw invalidArgument("baseUrl", "must not have a user, a password, a query or a fragment");
  }
  if (mustBeSafe && isInsecure(url)) {
    throw invalidArgument("baseUrl", "is plain http: use https, or set allowInsecureAuth");
  }
  return url.href.replace(/\/+$/, "");
}

/**
 * Reads a URL. Returns undefined if it is wrong. `URL.canParse` would need newer browsers, and React Native does not have
 * it.
 */
export function toUrl(text: string, base?: string): URL | undefined {
  try {
    return new URL(text, base);
  } catch {
    return undefined;
  }
}

/** Checks whether others can read what is sent to a URL: plain http to another machine. */
export function isInsecure({ protocol, hostname }: URL): boolean {
  const isLoopback = /^((.+\.)?localhost|\[::1\]|127(\.\d+){3})$/.test(hostname);
  return protocol === "http:" && !isLoopback;
}
