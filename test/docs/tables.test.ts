import { readFileSync } from "node:fs";
import { type CallOptions, FamClient, refreshableToken, VydonClient } from "tenantry";
import { createMockServer, explore } from "tenantry/mock";
import { expect, it } from "vitest";
import { untyped } from "../support/untyped.js";

/** Returns the names in code style that are in the first column of the tables of a section. */
function firstColumn(page: string, heading: string): string[] {
  const [, section = ""] = `\n${readFileSync(page, "utf8")}`.split(`\n${heading}\n`);
  const [text = ""] = section.split(/\n## /);
  const cells = text.split("\n").flatMap((line) => /^\| ([^|]*) \|/.exec(line)?.[1] ?? []);
  return cells.flatMap((cell) => [...cell.matchAll(/`(\w+)/g)].flatMap(([, name]) => name ?? []));
}

/** Returns the options that the error for an unknown option lists. */
async function optionsOf(call: () => unknown): Promise<string[]> {
  try {
    await call();
  } catch (error) {
    const [, names = ""] = String(error).split(" Options: ");
    return names.split(", ");
  }
  throw new Error("the unknown option was accepted");
}

const baseUrl = "https://api.example.com";
const unknown = untyped<object>({ xyzzy: 1 });
const refresh = () => ({ accessToken: "a" });

// The error of a call also lists the options of lists.
const ofACall: Record<keyof CallOptions, true> = {
  signal: true,
  timeoutMs: true,
  headers: true,
  retry: true,
};

const options = [
  [
    "a client",
    ["docs/getting-started.md", "## Make a client"],
    [
      ...(await optionsOf(() => new VydonClient({ baseUrl, ...unknown }))),
      ...(await optionsOf(() => new FamClient({ baseUrl, ...unknown }))),
    ],
  ],
  ["a call", ["docs/getting-started.md", "### Options of a call"], Object.keys(ofACall)],
  [
    "`retry`",
    ["docs/errors-and-retries.md", "## Retries"],
    [...(await optionsOf(() => new VydonClient({ baseUrl, retry: unknown }))), "unsafe"],
  ],
  [
    "a list",
    ["docs/paging.md", "# Lists"],
    await optionsOf(() => new VydonClient({ baseUrl }).members.list("id", unknown)),
  ],
  [
    "refreshableToken",
    ["docs/authentication.md", "## A token that expires"],
    await optionsOf(() => refreshableToken({ refresh, ...unknown })),
  ],
] as const;

it.each(options)("the docs have a table with every option of %s", (_name, [page, heading], names) => {
  expect(firstColumn(page, heading)).toEqual(expect.arrayContaining([...new Set(names)]));
});

const server = createMockServer();

it.each([
  ["vydon", "## Kinds of Vydon servers"],
  ["ona", "## Organizations at Ona"],
  ["fam", "## Fetch Ads Manager"],
] as const)("the docs have a table with every control of server.%s", (api, heading) => {
  const documented = firstColumn("docs/testing/apis.md", heading);
  expect(documented.sort()).toEqual(Object.keys(server[api]).sort());
});

it("the docs list every wire fault and every fault of explore", async () => {
  const listed = async (call: () => unknown) => {
    const text = await Promise.resolve().then(call).catch(String);
    return /give one of (\w+(, \w+)*)/.exec(String(text))?.[1]?.split(", ") ?? [];
  };
  const wire = await listed(() => server.faults.inject({ wire: untyped("x") }));
  expect(wire).toContain("drip");
  expect(readFileSync("docs/testing/faults.md", "utf8").match(/\w+/g)).toEqual(expect.arrayContaining(wire));

  const faults = await listed(() => explore(server, () => {}, { faults: [untyped("x")] }));
  expect(firstColumn("docs/testing/explore.md", "# Explore every fault")).toEqual(faults);
});
