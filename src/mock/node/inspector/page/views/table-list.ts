import { fill, h } from "../dom.js";
import type { Table } from "../rows.js";

/** The list of tables, by API. */
export class TableList {
  readonly element = h("nav", { class: "table-list", "aria-label": "Tables" });
  readonly #choose: (name: string) => void;

  /** `choose` gets the name of a table. */
  constructor(choose: (name: string) => void) {
    this.#choose = choose;
  }

  /** Shows these tables. `chosen` is the name of the chosen one. */
  show(tables: readonly Table[], chosen: string): void {
    const { activeElement } = document;
    const focused = activeElement instanceof HTMLElement ? activeElement.dataset["table"] : undefined;
    const apis = [...new Set(tables.map(({ api }) => api))];
    fill(
      this.element,
      ...apis.map((api) => {
        const own = tables.filter((each) => each.api === api);
        return h(
          "div",
          { class: "table-group" },
          h("h2", {}, api),
          ...own.map((table) => this.#choice(table, chosen)),
        );
      }),
    );
    if (focused !== undefined)
      this.element.querySelector<HTMLElement>(`[data-table="${CSS.escape(focused)}"]`)?.focus();
    this.element.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
  }

  #choice(table: Table, chosen: string): HTMLElement {
    const name = nameOf(table);
    return h(
      "button",
      {
        type: "button",
        class: "table-choice",
        "data-table": name,
        "data-empty": table.rows.length === 0,
        "aria-current": name === chosen ? "true" : undefined,
        onclick: () => this.#choose(name),
      },
      h("span", {}, table.name),
      h("span", { class: "count" }, table.rows.length.toLocaleString("en")),
    );
  }
}

/** Returns the name of a table, with its API. */
export function nameOf({ api, name }: Table): string {
  return `${api}.${name}`;
}
