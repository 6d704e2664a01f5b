import type { Kind } from "../recording/field-kinds.js";
import { formOf, idOrToken, isEmail } from "../recording/placeholder-values.js";
import { KnownValues, type Replacement } from "./known-values.js";

/** The kinds whose values have a placeholder with a number. */
export type NumberedKind = Exclude<Kind, "picture" | "server" | "word" | "message">;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** A value that is valid by every rule for names. Its placeholder needs no form. */
const ordinary = /^[a-z][a-z0-9-]{2,29}$/;

/** Creates the placeholders of one recording. It keeps the values only in memory. */
export class PlaceholderMaker {
  readonly #known = new KnownValues();
  readonly #counts = new Map<string, number>();

  /** Returns the placeholder of a value: always the same one. An empty value stays empty. */
  of(kind: NumberedKind, value: string): string {
    if (value === "") return "";
    const lower = value.toLowerCase();
    if (!uuid.test(value) || lower === value) return this.#known.get(value) ?? this.#add(kind, value);
    const name = this.of(kind, lower);
    return value === value.toUpperCase() ? name.replace("<uuid", "<UUID") : name;
  }

  /** Finds the values that were seen before in a text, except very short ones. */
  findIn(text: string): Replacement[] {
    return this.#known.findIn(text);
  }

  #add(kind: NumberedKind, value: string): string {
    const name = this.#nameOf(kind, value);
    this.#known.add(value, name);
    return name;
  }

  #nameOf(kind: NumberedKind, value: string): string {
    switch (kind) {
      case "id":
        if (uuid.test(value)) return this.#next("uuid");
        return this.#next("id", ordinary.test(value) && value.includes("-") ? "" : formSuffix(value));
      case "secret":
        return this.#next(idOrToken.test(value) ? "token" : "secret");
      case "email":
        return isEmail(value)
          ? this.#next("email", this.#domainOf(value))
          : this.#next("email", formSuffix(value));
      case "domain":
        return /^[^\s@/:]+\.[^\s@/:.]+$/.test(value)
          ? this.#next("domain")
          : this.#next("domain", formSuffix(value));
      case "url":
        return /^https?:\/\//.test(value) ? this.#next("url") : this.#next("url", formSuffix(value));
      case "name":
      case "text":
        return this.#next(kind, ordinary.test(value) ? "" : formSuffix(value));
      default:
        return this.#next(kind);
    }
  }

  /** Returns the domain of an email with a number of its own, because people of one domain may join the same organizations. */
  #domainOf(email: string): string {
    const domain = email.slice(email.lastIndexOf("@") + 1);
    return `@${/\d+/.exec(this.of("domain", domain))?.[0]}`;
  }

  #next(kind: string, rest = ""): string {
    const count = (this.#counts.get(kind) ?? 0) + 1;
    this.#counts.set(kind, count);
    return `<${kind}:${count}${rest}>`;
  }
}

function formSuffix(value: string): string {
  return ` like ${formOf(value)}`;
}
