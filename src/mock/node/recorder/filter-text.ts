import type { DescMessage } from "@bufbuild/protobuf";
import { servedServices } from "../../apis.js";
import type { Replacement } from "./known-values.js";
import type { PlaceholderMaker } from "./placeholder-maker.js";

/** An email, with all characters that it may have. It begins where such a run does: a search at each character would be slow. */
const email = /(?<![^\s@"'<>(),:;[\]])[^\s@"'<>(),:;[\]]+@[^\s@"'<>(),:;[\]]+\.[\p{L}\p{N}-]+/gu;
/** An email in a URL. */
const encodedEmail =
  /(?<![^\s@"'<>(),:;[\]])(?:[^\s@"'<>(),:;[\]%]|%(?!40))+%40[^\s@"'<>(),:;[\]]+\.[\p{L}\p{N}-]+/gu;
/** A URL. Its host, its path and its query may be secret. */
const url = /\b[a-z][a-z+.-]{0,30}:\/\/[^\s"'<>]+/gi;
/** The value after a scheme of the Authorization header. */
const credentials = /\b(Bearer|Basic|Digest)(\s+)(?!token\b|auth\b)([^\s"',;]{6,})/gi;
/** The value after the name of a secret. */
const assignment =
  /\b((?:\w*[-_])?(?:token|secret|password|passwd|key|code|sid|session))(["']?\s*[=:]\s*["']?)([^\s"',;&]{4,})/gi;
const uuid = /\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/gi;
/** A run of characters that tokens consist of. */
const run = /[A-Za-z0-9_~+/=-]{12,}/g;

/**
 * Returns a server's text without the values that were seen before, and without parts that look like a token, an id, an email or a
 * URL.
 */
export function filterText(text: string, placeholders: PlaceholderMaker): string {
  // The text is split at placeholders, so that they are not filtered again.
  let parts = cut(text, placeholders.findIn(text));
  const replace = (pattern: RegExp, toText: (match: RegExpMatchArray) => string) => {
    parts = parts.flatMap((part) =>
      part.isDone ? [part] : cut(part.text, found(part.text, pattern, toText)),
    );
  };
  for (const pattern of [email, encodedEmail]) replace(pattern, ([value]) => placeholders.of("email", value));
  replace(url, ([value]) => placeholders.of("url", value));
  replace(credentials, ([, scheme = "", blank = "", value = ""]) =>
    isWord(value) ? `${scheme}${blank}${value}` : `${scheme}${blank}${placeholders.of("secret", value)}`,
  );
  replace(assignment, ([, name = "", sign = "", value = ""]) =>
    /\s$/.test(sign) && isWord(value)
      ? `${name}${sign}${value}`
      : `${name}${sign}${placeholders.of("secret", value)}`,
  );
  replace(uuid, ([value]) => placeholders.of("id", value));
  replace(run, ([value]) => (looksSecret(value) ? placeholders.of("secret", value) : value));
  return parts.map((part) => part.text).join("");
}

interface Part {
  readonly text: string;
  /** Whether the part was replaced. */
  readonly isDone: boolean;
}

function found(text: string, pattern: RegExp, toText: (match: RegExpMatchArray) => string): Replacement[] {
  return Array.from(text.matchAll(pattern), (match) => ({
    index: match.index,
    value: match[0],
    placeholder: toText(match),
  }));
}

function cut(text: string, replacements: readonly Replacement[]): Part[] {
  const parts: Part[] = [];
  let from = 0;
  for (const { index, value, placeholder } of replacements) {
    if (placeholder === value) continue;
    parts.push({ text: text.slice(from, index), isDone: false }, { text: placeholder, isDone: true });
    from = index + value.length;
  }
  parts.push({ text: text.slice(from), isDone: false });
  return parts;
}

/**
 * Creates placeholders for the words of a body that is not recorded. Any of these words may be a secret, and a server's error may repeat
 * it.
 */
export function hideWords(text: string, placeholders: PlaceholderMaker): void {
  for (const [word] of text.slice(0, 65_536).matchAll(/[^\s"'`{}[\]():,;\\]{4,}/g)) {
    if (!vocabulary.has(word)) placeholders.of("secret", word);
  }
}

/**
 * Checks whether a run of letters, digits and signs may be a secret: it has digits among its letters, mixes capitals and small letters, or
 * is longer than a word. The names in the schemas are not secret.
 */
function looksSecret(value: string): boolean {
  const parts = value.split(/[^A-Za-z0-9_]+/).filter((part) => part !== "" && !vocabulary.has(part));
  const rest = parts.join("");
  if (rest.length < 12 || parts.every(isPlainWord)) return false;
  const isMixed = /[a-z]/.test(rest) && /[A-Z]/.test(rest);
  return /\d/.test(rest) || isMixed || rest.length >= 24;
}

/** Checks whether a text is a word of a sentence: small letters after a small letter or a capital, 18 letters at most. */
function isPlainWord(part: string): boolean {
  return /^[A-Z]?[a-z]{1,17}$/.test(part);
}

/** Checks whether the text after `token: ` in a sentence is one or several words: `go-jose/go-jose`. */
function isWord(value: string): boolean {
  const parts = value.split(/[^A-Za-z0-9_]+/).filter((part) => part !== "");
  return parts.every((part) => isPlainWord(part) || vocabulary.has(part));
}

/** The names of all services, methods, messages, fields and enum values, and their parts. */
const vocabulary: ReadonlySet<string> = new Set(namesInSchemas());

function namesInSchemas(): string[] {
  const found = new Set<string>(["mgmtv1alpha1", "gitpodv1", "famv1", "mgmt", "v1alpha1"]);
  const visited = new Set<DescMessage>();
  const visit = (message: DescMessage) => {
    if (visited.has(message)) return;
    visited.add(message);
    for (const part of message.typeName.split(".")) found.add(part);
    for (const field of message.fields) {
      found.add(field.name).add(field.jsonName);
      for (const value of field.enum?.values ?? []) found.add(value.name);
      if (field.message !== undefined) visit(field.message);
    }
  };
  for (const { service } of servedServices) {
    found.add(service.name);
    for (const method of service.methods) {
      found.add(method.name);
      visit(method.input);
      visit(method.output);
    }
  }
  return [...found];
}
