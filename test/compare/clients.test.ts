import { afterEach, describe, expect, it, vi } from "vitest";
import { checkRows } from "./check-rows.js";
import { clientRows } from "./client-rows.js";
import { isYes, readTable } from "./table.js";

const columns = { tenantry: "tenantry", connect: "a Connect client", gitpod: "@gitpod/sdk 0.6" } as const;
const table = readTable("Clients");
afterEach(() => {
  vi.useRealTimers();
});

describe("docs/compare.md, clients", () => {
  checkRows(table, columns, ["tenantry", "connect", "gitpod"], clientRows);

  it("has the same cells for Neosync's SDK as for a Connect client, except for the features that only the SDK has", () => {
    const more = ["Options for TanStack Query"];
    for (const [title, cells] of table) {
      const own = isYes(cells.get("Neosync's SDK"));
      expect(own, title).toBe(more.includes(title) || isYes(cells.get("a Connect client")));
    }
  });
});
