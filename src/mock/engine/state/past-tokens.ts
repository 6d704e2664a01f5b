import type { Remembering } from "../api.js";

/** How many tokens are remembered. */
const limit = 10_000;

/** The tables whose rows' ids are tokens. */
const tokenTables = ["sessions", "refreshTokens"];

/** The tokens that a reset made unknown, so that their refusal can explain it. */
export class PastTokens {
  readonly #tokens = new Set<string>();

  /** Does what puts other rows into the tables of some APIs, and remembers the tokens that are gone then. */
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

  /** What is added to the refusal of a token: empty if it is not from before a reset. */
  explain(token: string): string {
    return this.#tokens.has(token)
      ? " (mock: the token is from before server.reset() or server.restore(): sign in again)"
      : "";
  }
}
