import { readdirSync } from "node:fs";
import { join } from "node:path";

/** A group of pages in the navigation. */
export interface PageGroup {
  readonly title: string;
  /** Paths in the repository, in their order. */
  readonly pages: readonly string[];
}

/** The first page of the site. */
export const frontPage = "docs/README.md";

/** The pages that are written by hand, as the navigation shows them. In `Reference`, the modules come before the pages. */
export const groups: readonly PageGroup[] = [
  {
    title: "Start",
    pages: [
      "docs/getting-started.md",
      "docs/compare.md",
      "docs/vocabulary.md",
      "docs/migrating-from-connect.md",
      "docs/migrating-from-gitpod-sdk.md",
      "docs/migrating-from-neosync-sdk.md",
    ],
  },
  {
    title: "Guides",
    pages: [
      "docs/authentication.md",
      "docs/token-stores.md",
      "docs/errors-and-retries.md",
      "docs/paging.md",
      "docs/browser.md",
      "docs/tanstack-query.md",
      "docs/node-and-grpc.md",
    ],
  },
  { title: "Cookbook", pages: filesIn("docs/cookbook") },
  {
    title: "Testing",
    pages: [
      "docs/testing.md",
      "docs/testing/runners.md",
      "docs/testing/doubles.md",
      "docs/testing/msw.md",
      "docs/testing/playwright.md",
      "docs/testing/seeds.md",
      "docs/testing/time.md",
      "docs/testing/faults.md",
      "docs/testing/explore.md",
      "docs/testing/calls.md",
      "docs/testing/apis.md",
      "docs/testing/refresh-tokens.md",
      "docs/testing/listener.md",
      "docs/testing/inspector.md",
      "docs/testing/worlds.md",
      "docs/testing/other-languages.md",
      "docs/testing/recordings.md",
      "docs/fidelity.md",
    ],
  },
  { title: "Reference", pages: ["docs/methods.md", "docs/performance.md"] },
  {
    title: "Project",
    pages: [
      "ARCHITECTURE.md",
      "CONTRIBUTING.md",
      "docs/adding-an-rpc.md",
      "docs/adding-an-api.md",
      ...filesIn("docs/decisions"),
    ],
  },
];

/** Returns all pages of the site except the first. @throws Error if a page of `docs/` is in no group. */
export function allPages(): string[] {
  const listed = groups.flatMap(({ pages }) => pages);
  const missing = readdirSync("docs", { recursive: true, encoding: "utf8" })
    .map((name) => join("docs", name))
    .filter((page) => page.endsWith(".md") && !page.startsWith("docs/site/"))
    .find((page) => page !== frontPage && !listed.includes(page));
  if (missing === undefined) return listed;
  throw new Error(`${missing} is in no group of scripts/site/pages.ts: add it, so that the site shows it`);
}

/** Returns the page's address on the site. */
export function addressOf(page: string): string {
  return page
    .toLowerCase()
    .replace(/^docs\//, "")
    .replace(/readme\.md$/, "index")
    .replace(/\.md$/, "");
}

/** Returns the Markdown files of a folder, its overview first. */
function filesIn(folder: string): string[] {
  const names = readdirSync(folder).filter((name) => name.endsWith(".md") && name !== "README.md");
  return ["README.md", ...names.sort()].map((name) => join(folder, name));
}
