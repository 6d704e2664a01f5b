import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";

/** Returns the broken links of a built site. A link must lead to a page, an anchor or a file that exists, and not to Markdown. */
export function brokenLinks(site: string): string[] {
  const pages = readdirSync(site, { recursive: true, encoding: "utf8" }).filter((path) =>
    path.endsWith(".html"),
  );
  const texts = new Map(pages.map((page) => [join(site, page), readFileSync(join(site, page), "utf8")]));
  return [...texts].flatMap(([page, html]) =>
    linksIn(html).flatMap((link) => {
      const problem = problemOf(link, page, texts);
      return problem === undefined ? [] : [`${page}: the link to ${link} ${problem}`];
    }),
  );
}

function linksIn(html: string): string[] {
  const links = Array.from(html.matchAll(/\s(?:href|src)="([^"]*)"/g), ([, link = ""]) =>
    link.replaceAll("&amp;", "&"),
  );
  return [...new Set(links)];
}

function problemOf(link: string, page: string, texts: ReadonlyMap<string, string>): string | undefined {
  const [, path = "", anchor] = /^([^#?]*)(?:\?[^#]*)?(?:#(.*))?$/.exec(link) ?? [];
  if (path.endsWith(".md")) return "leads to raw Markdown";
  if (/^[a-z]+:/.test(link)) return undefined;
  const target = path === "" ? page : join(dirname(page), decodeURI(path));
  const file = existsSync(target) && statSync(target).isDirectory() ? join(target, "index.html") : target;
  if (!existsSync(file)) return "leads to no file";
  const html = texts.get(file);
  if (!anchor || html === undefined || html.includes(`id="${decodeURI(anchor)}"`)) return undefined;
  return "leads to a place that is not on the page";
}
