import type { Remembering } from "./checkpoint.js";

/** The most tokens that are remembered. */
const limit = 10_000;

/** The names of tables whose rows' ids are tokens. */
const tokenTables = ["sessions", "refreshTokens", "exchangeTokens"];

/** The tokens that a reset made unknown. The error for such a token explains it. */
export class PastTokens {
  readonly #tokens = new Set<string>();

  /** Runs `change`, which replaces the rows of some APIs, and remembers the tokens that are gone afterwards. */
  watch(apis: Iterable<Remembering>, change: () => void): void {
    const tables = Array.from(apis).flatMap(({ tables: all }) =>
      tokenTables.flatMap((name) => all[name] ?? []),
    );
    const before = tables.map((table) => table.toJSON());
    change();
    tables.forEach((table, index) => {
      for (const { id } of before[index] ?? []) if (!table.has(id)) this.#tokens.add(id);
    });
    for (const token of this.#tokens) {
      if (this.#tokens.size <= limit) break;
      this.#tokens.delete(token);
    }
  }

  /** What is added to the error for a token. Empty if the token is not from before a reset. */
  explain(token: string): string {
    return this.#tokens.has(token)
      ? " (mock: the token is from before server.reset() or server.restore(): sign in again)"
      : "";
  }
}
