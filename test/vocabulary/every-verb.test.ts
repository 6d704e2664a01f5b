import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { allClients, resourceMethods } from "../support/methods.js";

it.each(Object.entries(allClients({ baseUrl: "https://api.example.com" })))(
  "docs/vocabulary.md has every method of %s, and no other",
  (api, client) => {
    const [, table = ""] = readFileSync("docs/vocabulary.md", "utf8").split(/^## .*$/m);
    const rows = table.split("\n").map((line) => line.split("|"));
    const [column] = rows.flatMap((cells) => {
      const index = cells.findIndex((cell) => cell.trim().toLowerCase() === api);
      return index < 0 ? [] : [index];
    });
    const verbs = rows.flatMap((cells) => cells[column ?? 0]?.match(/\w+\.\w+/g) ?? []);
    const methods = resourceMethods(api, client).map(({ path }) => path.slice(api.length + 1));
    expect([...new Set(verbs)].sort()).toEqual(methods.sort());
  },
);
