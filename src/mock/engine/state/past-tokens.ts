import type { HasTables } from "./saved-state.js";
import type { Tables } from "./tables.js";

/** The maximum number of tokens to keep. */
const limit = 10_000;

/** The names of the tables in which the ids of rows are tokens. */
const tokenTables = ["sessions", "refreshTokens", "exchangeTokens"];

/** Returns the tables of tokens. */
export function tokenTablesOf(apis: Iterable<HasTables>): Tables[string][] {
  return Array.from(apis).flatMap(({ tables }) => tokenTables.flatMap((name) => tables[name] ?? []));
}

/**
 * The tokens that a server once had. Explains why a token is not valid: a reset or the end of a world has removed it, or it is
 * another API's.
 */
export class PastTokens {
  readonly #explanations = new Map<string, string>();
  readonly #apiOf: (token: string) => string | undefined;

  /** @param apiOf - returns the API whose access token this is. Default: there is no other API. */
  constructor(apiOf: (token: string) => string | undefined = () => undefined) {
    this.#apiOf = apiOf;
  }

  /** Runs `change`, which replaces the rows of some APIs, and adds the tokens that it has removed. */
  watch(apis: Iterable<HasTables>, change: () => void): void {
    const before = tokenTablesOf(apis).map((table) => ({ table, rows: table.toJSON() }));
    change();
    for (const { table, rows } of before) {
      const removed = rows.flatMap(({ id }) => (table.has(id) ? [] : id));
      this.#add(removed, "from before server.reset() or server.restore()");
    }
  }

  /** Adds tokens that were created in a world that has ended. */
  addOfWorld(tokens: Iterable<string>, world: string): void {
    this.#add(tokens, `of the world "${world}", which has ended`);
  }

  /** Adds a token that was revoked or deleted. There is nothing to explain, because the test did this itself. */
  addRevoked(token: string): void {
    this.#add([token], "");
  }

  /** Checks whether the token is a past one. */
  has(token: string): boolean {
    return this.#explanations.has(token);
  }

  /** Returns the text to add to the error for a token. Empty if there is nothing to explain. */
  explain(token: string): string {
    const explanation = this.#explanations.get(token);
    if (explanation) return ` (mock: the token is ${explanation}: sign in again)`;
    const api = this.#apiOf(token);
    return api === undefined ? "" : ` (mock: it is an access token of server.${api})`;
  }

  /** Adds tokens, and keeps only the last ones. */
  #add(tokens: Iterable<string>, explanation: string): void {
    for (const token of tokens) this.#explanations.set(token, explanation);
    for (const token of this.#explanations.keys()) {
      if (this.#explanations.size <= limit) break;
      this.#explanations.delete(token);
    }
  }
}
