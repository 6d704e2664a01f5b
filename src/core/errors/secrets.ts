import { isError, textOf } from "./network.js";

/** A secret of at least this length is found anywhere in a text. A shorter one matches whole words only. */
const longEnough = 8;

/** Removes secrets, and their URL-encoded forms, from a text. */
function cleanText(text: string, secrets: readonly string[]): string {
  let clean = text;
  for (const form of secrets.flatMap((secret) => [secret, urlEncoded(secret)])) {
    const pattern = form.replace(/\W/g, "\\$&");
    // "t" must not turn "text" into "[secret]ex[secret]".
    const whole = form.length < longEnough ? `(?<![\\w-])${pattern}(?![\\w-])` : pattern;
    if (clean.includes(form)) clean = clean.replace(new RegExp(whole, "g"), "[secret]");
  }
  return clean;
}

/** As a form or a query has it. Half of a surrogate pair, which no URL can have, becomes U+FFFD there. */
function urlEncoded(text: string): string {
  return encodeURIComponent(text.replace(/\p{Cs}/gu, "\uFFFD"));
}

/** The filter for everything that an error of ours carries from outside: a copy of texts, lists and plain objects. */
export function withoutSecrets<T>(value: T, secrets: readonly string[]): T;
export function withoutSecrets(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === "string") return cleanText(value, secrets);
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, secrets));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, withoutSecrets(item, secrets)]));
}

/**
 * A copy of what was thrown, for the `cause` of an error of ours. Of an error: its name, text, stack, code and causes,
 * without secrets. Of anything else its text. Nothing is kept by reference, because an HTTP library hangs the request
 * with its token on its errors.
 */
export function copyCause(cause: unknown, secrets: readonly string[], depth = 0): unknown {
  // A cause may be its own.
  if (cause === undefined || depth > 8) return undefined;
  if (!isError(cause)) return withoutSecrets(textOf(cause), secrets);
  const { name, message, stack } = cause;
  const code = "code" in cause && typeof cause.code !== "object" ? { code: cause.code } : undefined;
  const inner = copyCause(cause.cause, secrets, depth + 1);
  return Object.assign(
    new Error("", inner === undefined ? undefined : { cause: inner }),
    withoutSecrets({ name, message, stack, ...code }, secrets),
  );
}
