import { barX, plot, ruleX, text, tickX } from "@observablehq/plot";
import { parseHTML } from "linkedom";
import type { Table } from "./bench.js";
import { figure } from "./print.js";

/** Draws the costs in some tables as bars, ours in colour, with the spread as ticks. Returns an SVG document. */
export function bars(title: string, tables: readonly Table[]): string {
  const { document } = parseHTML("<html><body></body></html>");
  const data = tables.flatMap(({ title: table, costs }) =>
    costs.map(({ name, median, lower, upper }) => ({
      table,
      name,
      median,
      lower,
      upper,
      ours: name.startsWith("tenantry"),
    })),
  );
  const shared = { y: "name", fy: "table" } as const;
  const svg = plot({
    document,
    width: 1000,
    height: 60 + data.length * 24 + tables.length * 16,
    marginLeft: 290,
    marginRight: 270,
    marginTop: 40,
    // For the figures beyond the longest bar.
    insetRight: 50,
    style: { background: "white", color: "#222", fontSize: "12px" },
    x: { label: title, labelAnchor: "left", axis: "top", grid: true },
    y: { label: null, domain: [...new Set(data.map(({ name }) => name))] },
    fy: { label: null, domain: tables.map((table) => table.title) },
    marks: [
      barX(data, { ...shared, x: "median", fill: ({ ours }) => (ours ? "#3565a8" : "#b9bec7") }),
      tickX(data, { ...shared, x: "lower", stroke: "#222", strokeOpacity: 0.5 }),
      tickX(data, { ...shared, x: "upper", stroke: "#222", strokeOpacity: 0.5 }),
      text(data, { ...shared, x: "upper", text: ({ median }) => figure(median), dx: 6, textAnchor: "start" }),
      ruleX([0]),
    ],
  });
  svg.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  svg.setAttribute("role", "img");
  return `${svg.outerHTML}\n`;
}
