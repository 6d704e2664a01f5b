/**
 * The kinds of placeholders with a number. In one recording, a placeholder always means the same value. `uuid`, `token` and `key` have the
 * form of a UUID or of an API key. A `secret` is any other token.
 */
export const placeholderKinds = [
  "uuid",
  "UUID",
  "token",
  "key",
  "id",
  "secret",
  "code",
  "email",
  "domain",
  "name",
  "person",
  "text",
  "url",
] as const;

/** A placeholder's parts: `<email:3@1>`, `<name:2 like Aa-0>`. */
export interface Placeholder {
  readonly kind: string;
  readonly number: string;
  /** The text after the number: `@1`, or `like` and a form. */
  readonly rest: string;
}

/** Checks whether a placeholder can mean this value of a response. */
export function fits({ kind, rest }: Placeholder, value: string): boolean {
  switch (kind) {
    case "uuid":
    case "token":
    case "key":
      return idOrToken.test(value);
    case "email":
      return rest.startsWith("@") ? isEmail(value) : value !== "";
    case "url":
      return /^https?:\/\//.test(value);
    case "person":
      return true;
    default:
      return value !== "";
  }
}

/** An id, an invite's token, or a key. */
export const idOrToken = /^(neo_at_v1_)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Checks whether a text has the form of an email address. */
export function isEmail(text: string): boolean {
  return /^[^@\s]+@[^@\s]+\.[^@\s.]+$/.test(text);
}

/** Creates a value for a placeholder that is in a request, but in no earlier response. Undefined if it must be an id. */
export function createValue({ kind, number, rest }: Placeholder): string | undefined {
  const form = /^ like (.*)$/s.exec(rest)?.[1];
  if (form !== undefined) return fromForm(form, Number(number));
  switch (kind) {
    case "email":
      return `person-${number}@domain-${rest.slice(1) || 0}.example`;
    case "domain":
      return `domain-${number}.example`;
    case "person":
      return `Person ${number}`;
    case "url":
      return `https://example.com/url-${number}`;
    case "id":
    case "secret":
    case "code":
    case "name":
    case "text":
      return `${kind}-${number}`;
    default:
      return undefined;
  }
}

/**
 * Returns the form of a value: it only shows which characters are letters, digits and signs, because rules may depend on that. A character that
 * repeats more than three times is counted: `a{12}`.
 */
export function formOf(value: string): string {
  const form = value
    .replace(/[a-z]/g, "a")
    .replace(/[A-Z]/g, "A")
    .replace(/[0-9]/g, "0")
    .replace(/[^\p{ASCII}]/gu, "é")
    .replace(/[^aA0é ._/:@+-]/g, "!");
  return form.replace(/(.)\1{3,}/g, (run, each: string) => `${each}{${run.length}}`);
}

/** A character of a form that is counted: `a{12}`. */
const counted = /(.)\{(\d+)\}/g;

/** Returns the length of the value that a placeholder's form describes. Without a form, it is about the length of the placeholder. */
export function lengthOf(placeholder: string): number {
  const runs = Array.from(placeholder.matchAll(counted), ([run, , count]) => Number(count) - run.length);
  return runs.reduce((sum, more) => sum + more, placeholder.length);
}

const letters = "bcdefghijklmnopqrstuvwxyz";

/** Creates a value of a form. Different numbers have different values, if the form has enough letters or digits. */
function fromForm(form: string, number: number): string {
  const full = form.replace(counted, (_run, each: string, count) => each.repeat(Number(count)));
  let rest = number;
  const take = (base: number): number => {
    const digit = rest % base;
    rest = Math.floor(rest / base);
    return digit;
  };
  const value = [...full].reverse().map((each) => {
    if (each === "0") return rest > 0 ? String(take(10)) : "1";
    if (each === "a") return rest > 0 ? (letters[take(letters.length)] ?? "a") : "a";
    if (each === "A") return rest > 0 ? (letters[take(letters.length)] ?? "a").toUpperCase() : "A";
    return each;
  });
  return value.reverse().join("");
}
