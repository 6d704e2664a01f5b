import { button } from "../controls.js";
import { type Child, empty, h } from "../dom.js";
import { count } from "../format.js";
import { jsonView } from "../json.js";
import { cellText, columnsOf, type Row, searchRows, type Table } from "../rows.js";

/** The maximum number of rows that are drawn. A search finds the others. */
const limit = 200;

/** Returns the rows of a table that match a search, or a text that explains why there are none. */
export function contentOf(table: Table | undefined, search: string): Child[] {
  if (table === undefined) return [empty("No tables", "The server has none.")];
  const rows = searchRows(table.rows, search);
  if (table.rows.length === 0) return [empty("No rows", "A seed or a call adds some.")];
  if (rows.length === 0)
    return [
      empty(
        "No row matches",
        `The table has ${count(table.rows.length, "row")}, but no row contains “${search}”.`,
      ),
    ];
  return [
    rowsView(rows.slice(0, limit), `${table.api}.${table.name}`),
    rows.length > limit &&
      h("p", { class: "note" }, `The first ${limit} of ${count(rows.length, "row")}. Search to see others.`),
  ];
}

/** Focuses the row with this id, or the list of rows. */
export function focusRow(rows: Element | null, id: string | null | undefined): void {
  const buttons = [...(rows?.querySelectorAll("button") ?? [])];
  const target = buttons.find(({ textContent }) => textContent === id) ?? rows;
  if (target instanceof HTMLElement) target.focus();
}

function rowsView(rows: readonly Row[], label: string): HTMLElement {
  const columns = columnsOf(rows);
  return h(
    "div",
    {
      class: "table-scroll",
      role: "region",
      "aria-label": `Rows of ${label}`,
      tabindex: 0,
      onkeydown: moveByArrows,
    },
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, ...columns.map((name) => h("th", { scope: "col" }, name)))),
      h(
        "tbody",
        {},
        ...rows.map((row) => h("tr", {}, ...columns.map((name, index) => cell(row, name, index, label)))),
      ),
    ),
  );
}

/** Moves the focus up and down between the buttons of the rows. */
function moveByArrows(event: Event): void {
  const step = event instanceof KeyboardEvent ? { ArrowDown: 1, ArrowUp: -1 }[event.key] : undefined;
  if (step === undefined || !(event.currentTarget instanceof Element)) return;
  const buttons = [...event.currentTarget.querySelectorAll("button")];
  const at = buttons.findIndex((each) => each.matches(":focus"));
  const next = buttons[at + step];
  if (next === undefined) return;
  event.preventDefault();
  next.focus();
}

function cell(row: Row, name: string, index: number, label: string): HTMLElement {
  const text = cellText(row[name], name);
  if (index > 0) return h("td", { title: text.length > 40 ? text : undefined }, text);
  return h(
    "td",
    {},
    h("button", { type: "button", class: "row-button", onclick: () => showRow(row, label) }, text || "row"),
  );
}

function showRow(row: Row, label: string): void {
  const title = `A row of ${label}`;
  const dialog = h(
    "dialog",
    { class: "dialog", "aria-label": title, onclose: () => dialog.remove() },
    h("h2", { class: "card-title" }, title),
    jsonView(row, "Row"),
    button("Close", () => dialog.close()),
  );
  document.body.append(dialog);
  dialog.showModal();
}
