import type { SnapshotResponseJson } from "../../../../../../gen/tenantry/mock/v1/admin_pb.js";
import type { Context, Pulse, View } from "../context.js";
import { pageHead, searchField } from "../controls.js";
import { fill, h } from "../dom.js";
import { count } from "../format.js";
import { firstTable, type Table, tablesOf } from "../rows.js";
import { contentOf, focusRow } from "./rows-view.js";

/** Returns the rows of the server's tables. */
export function tablesView({ admin, act }: Context): View {
  let tables: Table[] = [];
  let chosen = "";
  let search = "";
  let seen = "";
  let drawn = "";

  const list = h("nav", { class: "table-list", "aria-label": "Tables" });
  const content = h("div", { class: "card table-card" });
  const body = h("div");
  // It is never empty, because a screen reader would announce a heading without a name.
  const title = h("h2", { class: "card-title" }, "Rows");
  const note = h("span");
  content.append(
    h(
      "div",
      { class: "filters" },
      title,
      searchField("Search rows", (text) => {
        search = text;
        drawRows();
      }),
    ),
    body,
  );

  function draw(): void {
    const isListed = tables.some((table) => nameOf(table) === chosen);
    const first = firstTable(tables);
    if (!isListed && first !== undefined) chosen = nameOf(first);
    const apis = [...new Set(tables.map(({ api }) => api))];
    const focused =
      document.activeElement instanceof HTMLElement ? document.activeElement.dataset["table"] : undefined;
    fill(
      list,
      ...apis.map((api) =>
        h(
          "div",
          { class: "table-group" },
          h("h2", {}, api),
          ...tables.filter((each) => each.api === api).map(choice),
        ),
      ),
    );
    if (focused !== undefined)
      list.querySelector<HTMLElement>(`[data-table="${CSS.escape(focused)}"]`)?.focus();
    list.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest", inline: "center" });
    fill(
      note,
      count(
        tables.reduce((sum, { rows }) => sum + rows.length, 0),
        "row",
      ),
    );
    drawRows();
  }

  function choice(table: Table): HTMLElement {
    const name = nameOf(table);
    return h(
      "button",
      {
        type: "button",
        class: "table-choice",
        "data-table": name,
        "data-empty": table.rows.length === 0,
        "aria-current": name === chosen ? "true" : undefined,
        onclick() {
          chosen = name;
          draw();
        },
      },
      h("span", {}, table.name),
      h("span", { class: "count" }, table.rows.length.toLocaleString("en")),
    );
  }

  function drawRows(): void {
    const table = tables.find((each) => nameOf(each) === chosen);
    const text = JSON.stringify([table, search]);
    if (text === drawn) return;
    drawn = text;
    fill(title, chosen || "Rows");
    // If rows are drawn again, the scroll position and the focus must not change.
    const before = body.querySelector(".table-scroll");
    const { scrollTop = 0, scrollLeft = 0 } = before ?? {};
    const focused = before?.contains(document.activeElement)
      ? document.activeElement?.textContent
      : undefined;
    fill(body, ...contentOf(table, search));
    const after = body.querySelector(".table-scroll");
    after?.scrollTo(scrollLeft, scrollTop);
    if (focused !== undefined) focusRow(after, focused);
  }

  async function load(): Promise<void> {
    const { snapshot } = await admin<SnapshotResponseJson>("Snapshot");
    tables = tablesOf(snapshot);
    draw();
  }

  return {
    element: h(
      "div",
      { class: "view" },
      pageHead("Tables", note),
      h("div", { class: "tables" }, list, content),
    ),
    update({ calls, clock, faults }: Pulse) {
      // A snapshot is large, so it is taken only if something may have changed.
      const now = JSON.stringify([calls.at(-1), calls.length, clock.running ? "" : clock.now, faults]);
      if (now === seen) return;
      seen = now;
      load().catch((error: unknown) => void act(() => Promise.reject(error)));
    },
  };
}

function nameOf({ api, name }: Table): string {
  return `${api}.${name}`;
}
