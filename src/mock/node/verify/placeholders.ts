import { yearMs } from "../../engine/time/duration.js";
import { createValue, fits, type Placeholder, placeholderKinds } from "../recording/placeholder-values.js";
import type { Json } from "../recording/recorded-call.js";
import { valuesOfGaps } from "./gaps.js";

/** A value that differs from run to run: `<uuid:3>`, `<now+24h>`, `<url>`. */
const placeholder = /^<([A-Za-z]+)(?::(\d+))?([^>]*)>$/;
const anywhere = new RegExp(`<(?:${placeholderKinds.join("|")}):\\d+[^<>]*>|<now[+-][\\d.]+h>`, "g");

/** A time that a server writes: of its database in microseconds, of its clock in nanoseconds, or one that was sent in milliseconds or seconds. */
const serverTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.(\d{3}){1,3})?Z$/;

/** The values of a recording's placeholders in this run. A value is bound when it first appears in a response. */
export class Placeholders {
  readonly #now: () => number;
  #bound = new Map<string, string>();
  readonly #invented = new Set<string>();
  #spares = 0;

  /** `now` returns the server's time, in milliseconds since 1970. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Binds a placeholder to a value. */
  bind(name: string, value: string): void {
    this.#bound.set(name, value);
    this.#invented.delete(name);
  }

  /** Returns the value of a placeholder. Undefined if it has none. */
  get(name: string): string | undefined {
    return this.#bound.get(name);
  }

  /** Checks whether no response has contained the value of a placeholder. Requests then contain an invented value. */
  isInvented(name: string): boolean {
    return !this.#bound.has(name) || this.#invented.has(name);
  }

  /** Returns a request with all placeholders replaced. */
  fill(value: Json): Json {
    if (value === "<time, years away>") return new Date(0).toISOString();
    if (typeof value === "string") return value.replace(anywhere, (name) => this.#valueOf(name));
    if (Array.isArray(value)) return value.map((item) => this.fill(item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.fill(item)]));
  }

  /** Checks whether a text of a response is the same as the recorded one. Binds placeholders that appear for the first time. */
  matches(recorded: string, actual: string): boolean {
    const found = parse(recorded);
    if (found === undefined) return this.#matchesText(recorded, actual);
    if (found.number !== "") return this.#matchesNumbered(recorded, found, actual);
    switch (found.kind) {
      case "now":
        return serverTime.test(actual) && Math.abs(Date.parse(actual) - this.#timeOf(recorded)) < 1_000;
      case "url":
        return /^https?:\/\//.test(actual);
      case "time":
        return Number.isFinite(Date.parse(actual)) && (found.rest === "" || this.#isYearsAway(actual));
      default:
        return actual !== "";
    }
  }

  /** Runs a comparison. If it fails, the values that it has bound are dropped. */
  attempt(compare: () => boolean): boolean {
    const before = new Map(this.#bound);
    const succeeded = compare();
    if (!succeeded) this.#bound = before;
    return succeeded;
  }

  /** Runs a comparison, and drops the values that it has bound. */
  probe(compare: () => boolean): boolean {
    const before = new Map(this.#bound);
    const succeeded = compare();
    this.#bound = before;
    return succeeded;
  }

  /** Checks whether a text is the same as a recorded one that contains placeholders. */
  #matchesText(recorded: string, actual: string): boolean {
    const [beginning = "", ...literals] = recorded.split(anywhere);
    if (!actual.startsWith(beginning)) return false;
    const names = recorded.match(anywhere) ?? [];
    const known = names.filter((name) => this.#isKnown(name));
    const gaps = names.map((name, index) => ({ name, after: literals[index] ?? "" }));
    const values = valuesOfGaps(
      gaps,
      actual,
      beginning.length,
      new Map(known.map((name) => [name, this.#valueOf(name)])),
    );
    if (values === undefined) return false;
    return [...values].every(([name, value]) => known.includes(name) || this.matches(name, value));
  }

  #isKnown(name: string): boolean {
    return name.startsWith("<now") || name.startsWith("<UUID") || this.#bound.has(name);
  }

  #matchesNumbered(name: string, found: Placeholder, actual: string): boolean {
    const known = this.#bound.get(name);
    if (known !== undefined) return known === actual;
    const isTaken = found.kind !== "person" && [...this.#bound.values()].includes(actual);
    if (!fits(found, actual) || isTaken) return false;
    this.bind(name, actual);
    return true;
  }

  #valueOf(name: string): string {
    if (name.startsWith("<now")) return new Date(this.#timeOf(name)).toISOString();
    if (name.startsWith("<UUID")) return this.#valueOf(name.replace("UUID", "uuid")).toUpperCase();
    const known = this.#bound.get(name);
    if (known !== undefined) return known;
    // No response contained the value: the request is about an object that does not exist.
    const found = parse(name);
    const value = (found && createValue(found)) ?? this.#spareId();
    this.bind(name, value);
    this.#invented.add(name);
    return value;
  }

  #spareId(): string {
    return `ffffffff-ffff-4fff-8fff-${String(++this.#spares).padStart(12, "0")}`;
  }

  #timeOf(name: string): number {
    const hours = Number(/[+-][\d.]+/.exec(name)?.[0] ?? Number.NaN);
    return this.#now() + hours * 3_600_000;
  }

  #isYearsAway(time: string): boolean {
    return Date.parse(time) - this.#now() > 5 * yearMs;
  }
}

function parse(text: string): Placeholder | undefined {
  const [, kind, number = "", rest = ""] = placeholder.exec(text) ?? [];
  return kind === undefined ? undefined : { kind, number, rest };
}

/** Returns the numbered placeholders of a value, in order. */
export function placeholdersIn(value: Json | undefined): string[] {
  const found = (JSON.stringify(value) ?? "").match(anywhere) ?? [];
  return found.filter((name) => !name.startsWith("<now"));
}
