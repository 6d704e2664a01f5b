import { afterEach, describe, expect, it, vi } from "vitest";
import { checkRows } from "./check-rows.js";
import { clientRows } from "./client-rows.js";
import { readTable, saysYes } from "./table.js";

const columns = { tenantry: "tenantry", connect: "a Connect client", gitpod: "@gitpod/sdk 0.6" } as const;
const table = readTable("Clients");
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

describe("docs/compare.md, clients", () => {
  checkRows(table, columns, ["tenantry", "connect", "gitpod"], clientRows);

  it("says of Neosync's SDK what it says of a Connect client, but where its source has more", () => {
    const more = ["Options for TanStack Query"];
    for (const [title, cells] of table) {
      const own = saysYes(cells.get("Neosync's SDK"));
      expect(own, title).toBe(more.includes(title) || saysYes(cells.get("a Connect client")));
    }
  });
});
