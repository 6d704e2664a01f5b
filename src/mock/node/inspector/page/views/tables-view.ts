import type { SnapshotResponseJson } from "../../../../../../gen/tenantry/mock/v1/admin_pb.js";
import type { Context, Pulse, View } from "../context.js";
import { page, searchField } from "../controls.js";
import { fill, h } from "../dom.js";
import { count } from "../format.js";
import { firstTable, type Table, tablesOf } from "../rows.js";
import { contentOf, focusRow } from "./rows-view.js";
import { nameOf, TableList } from "./table-list.js";

/** Returns the rows of the server's tables. */
export function tablesView({ admin, act }: Context): View {
  let tables: Table[] = [];
  let chosen = "";
  let search = "";
  let seen = "";
  let drawn = "";

  const list = new TableList((name) => {
    chosen = name;
    draw();
  });
  // It is never empty, because a screen reader would announce a heading without a name.
  const title = h("h2", { class: "card-title" }, "Rows");
  const box = searchField("Search rows", (text) => {
    search = text;
    drawRows();
  });
  const body = h("div");
  const content = h("div", { class: "card table-card" }, h("div", { class: "filters" }, title, box), body);
  const note = h("span");

  function draw(): void {
    const isListed = tables.some((table) => nameOf(table) === chosen);
    const first = firstTable(tables);
    if (!isListed && first !== undefined) chosen = nameOf(first);
    list.show(tables, chosen);
    const rows = tables.reduce((sum, table) => sum + table.rows.length, 0);
    fill(note, count(rows, "row"));
    drawRows();
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
    element: page("Tables", note, [], h("div", { class: "tables" }, list.element, content)),
    update({ calls, clock, faults }: Pulse) {
      // A snapshot is large, so it is taken only if something may have changed.
      const now = JSON.stringify([calls.at(-1), calls.length, clock.running ? "" : clock.now, faults]);
      if (now === seen) return;
      seen = now;
      load().catch((error: unknown) => void act(() => Promise.reject(error)));
    },
  };
}
