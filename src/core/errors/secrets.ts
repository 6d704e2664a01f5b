import { isRecord } from "../json/fields.js";
import { isError, textOf } from "./network.js";

/**
 * Removes secrets, and their forms in JSON and in URLs, from a string. A secret of eight characters or more is removed even
 * inside of a word, a shorter one only if it is a whole word: "t" must not turn "text" into "[secret]ex[secret]". The
 * user and the password of a URL are removed too: database clients put the URL of their connection into errors.
 */
function cleanText(text: string, secrets: readonly string[]): string {
  return (
    secrets
      .flatMap((secret) => [secret, JSON.stringify(secret).slice(1, -1)])
      // In a URL. Half of a surrogate pair, which no URL can contain, becomes U+FFFD.
      .flatMap((form) => [form, encodeURIComponent(form.replace(/\p{Cs}/gu, "\uFFFD"))])
      // The longest first, because one secret may be the beginning of another.
      .sort((a, b) => b.length - a.length)
      .reduce(
        (clean, form) =>
          clean.replaceAll(
            form.length > 7 ? form : new RegExp(`(?<![\\w-])${form.replace(/\W/g, "\\$&")}(?![\\w-])`, "g"),
            "[secret]",
          ),
        text,
      )
      .replace(/\/\/[^\s/]+@/g, "//")
  );
}

/** Removes secrets from all strings of a value. Lists and plain objects are copied. Other values are returned as they are. */
export function withoutSecrets<T>(value: T, secrets: readonly string[]): T;
export function withoutSecrets(value: unknown, secrets: readonly string[]): unknown {
  if (typeof value === "string") return cleanText(value, secrets);
  if (Array.isArray(value)) return value.map((item) => withoutSecrets(item, secrets));
  if (!isRecord(value)) return value;
  return Object.fromEntries(withoutSecrets(Object.entries(value), secrets));
}

/** Checks whether bytes, given as base64, contain a secret. Returns false if they are not base64. */
export function hasSecret(base64: string, secrets: readonly string[]): boolean {
  try {
    const text = new TextDecoder().decode(Uint8Array.from(atob(base64), (char) => char.charCodeAt(0)));
    return secrets.some((secret) => text.includes(secret));
  } catch {
    return false;
  }
}

/**
 * Returns a copy of a thrown value, without secrets, for the `cause` of an `ApiError`: the name, text, stack, code and
 * causes of an error, or the text of any other value. Nothing is kept by reference, because HTTP libraries keep the
 * request, with its token, on their errors.
 */
export function copyCause(cause: unknown, secrets: readonly string[], depth = 0): unknown {
  // An error may be its own cause.
  if (cause === undefined || depth > 8) return undefined;
  // The text of a SyntaxError is in its stack too: see `textOf`.
  if (!isError(cause) || cause.name === "SyntaxError") return withoutSecrets(textOf(cause), secrets);
  const { name, message, stack } = cause;
  const code = "code" in cause && typeof cause.code !== "object" && { code: cause.code };
  const inner = copyCause(cause.cause, secrets, depth + 1);
  return Object.assign(
    new Error("", inner === undefined ? undefined : { cause: inner }),
    withoutSecrets({ name, message, stack, ...code }, secrets),
  );
}
