import type { Json } from "./read-recording.js";

/** A value that differs from run to run: `<uuid:3>`, `<now+24h>`, `<url>`. */
const placeholder = /^<([A-Za-z]+)(?::(\d+))?([^>]*)>$/;
const anywhere = /<(?:uuid|UUID|token|key):\d+>|<now[+-][\d.]+h>/g;

/** An id, an invite's token, or a key. */
const idOrToken = /^(neo_at_v1_)?[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
/** The database keeps microseconds. An expiry comes back as it was sent, here in milliseconds or in seconds. */
const databaseTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{3}(\d{3})?)?Z$/;
const year = 365 * 24 * 3_600_000;

/** What the placeholders of a recording stand for in this run. A value is bound when it first appears in an answer. */
export class Placeholders {
  readonly #now: () => number;
  #bound = new Map<string, string>();
  #spares = 0;

  /** `now` is the server's time. */
  constructor(now: () => number) {
    this.#now = now;
  }

  /** Lets a placeholder stand for a value. */
  bind(name: string, value: string): void {
    this.#bound.set(name, value);
  }

  /** The value of a placeholder, if it has one. */
  get(name: string): string | undefined {
    return this.#bound.get(name);
  }

  /** A request with all placeholders replaced. */
  fill(value: Json): Json {
    if (value === "<time, years away>") return new Date(0).toISOString();
    if (typeof value === "string") return value.replace(anywhere, (name) => this.#valueOf(name));
    if (Array.isArray(value)) return value.map((item) => this.fill(item));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, this.fill(item)]));
  }

  /** Whether a text of an answer is the recorded one. Binds what appears for the first time. */
  matches(recorded: string, actual: string): boolean {
    const [, kind = "", number, rest = ""] = placeholder.exec(recorded) ?? [];
    if (kind === "") return recorded.replace(anywhere, (name) => this.#valueOf(name)) === actual;
    if (number !== undefined) return this.#matchesNumbered(recorded, actual);
    switch (kind) {
      case "now":
        return databaseTime.test(actual) && Math.abs(Date.parse(actual) - this.#timeOf(recorded)) < 1_000;
      case "url":
        return /^https?:\/\//.test(actual);
      case "time":
        return Number.isFinite(Date.parse(actual)) && (rest === "" || this.#isYearsAway(actual));
      default:
        return actual !== "";
    }
  }

  /** Runs a comparison. What it has bound is forgotten if it fails. */
  attempt(compare: () => boolean): boolean {
    const before = new Map(this.#bound);
    const succeeded = compare();
    if (!succeeded) this.#bound = before;
    return succeeded;
  }

  #matchesNumbered(name: string, actual: string): boolean {
    const known = this.#bound.get(name);
    if (known !== undefined) return known === actual;
    if (!idOrToken.test(actual) || [...this.#bound.values()].includes(actual)) return false;
    this.bind(name, actual);
    return true;
  }

  #valueOf(name: string): string {
    if (name.startsWith("<now")) return new Date(this.#timeOf(name)).toISOString();
    if (name.startsWith("<UUID")) return this.#valueOf(name.replace("UUID", "uuid")).toUpperCase();
    const known = this.#bound.get(name);
    if (known !== undefined) return known;
    // No answer has shown it: a request names something that isn't there.
    const spare = `ffffffff-ffff-4fff-8fff-${String(++this.#spares).padStart(12, "0")}`;
    this.bind(name, spare);
    return spare;
  }

  #timeOf(name: string): number {
    const hours = Number(/[+-][\d.]+/.exec(name)?.[0] ?? Number.NaN);
    return this.#now() + hours * 3_600_000;
  }

  #isYearsAway(time: string): boolean {
    return Date.parse(time) - this.#now() > 5 * year;
  }
}
