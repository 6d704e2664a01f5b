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
 * The tokens that a reset or the end of a world has removed. The error for such a token explains why it is not valid.
 */
export class PastTokens {
  readonly #explanations = new Map<string, string>();

  /** Runs `change`, which replaces the rows of some APIs, and adds the tokens that it has removed. */
  watch(apis: Iterable<HasTables>, change: () => void): void {
    const before = tokenTablesOf(apis).map((table) => ({ table, rows: table.toJSON() }));
    change();
    for (const { table, rows } of before) {
      for (const { id } of rows)
        if (!table.has(id)) this.#explanations.set(id, "from before server.reset() or server.restore()");
    }
    this.#forget();
  }

  /** Adds tokens that were created in a world that has ended. */
  addOfWorld(tokens: Iterable<string>, world: string): void {
    for (const token of tokens) this.#explanations.set(token, `of the world "${world}", which has ended`);
    this.#forget();
  }

  /** Checks whether the token is a past one. */
  has(token: string): boolean {
    return this.#explanations.has(token);
  }

  /** Returns the text to add to the error for a token. Empty if the token is not a past one. */
  explain(token: string): string {
    const explanation = this.#explanations.get(token);
    return explanation === undefined ? "" : ` (mock: the token is ${explanation}: sign in again)`;
  }

  /** Keeps only the last tokens. */
  #forget(): void {
    for (const token of this.#explanations.keys()) {
      if (this.#explanations.size <= limit) break;
      this.#explanations.delete(token);
    }
  }
}
