/** A fenced block of code in a Markdown file. */
export interface Snippet {
  readonly page: string;
  /** The line number of its first line of code, counted from 1. */
  readonly line: number;
  readonly language: string;
  readonly code: string;
  /** The file that it must equal: the block is marked ` ```ts file=examples/demo.ts `. */
  readonly file: string | undefined;
  /** Code that runs before the block and is not shown: from `<!-- given … -->` before the block. */
  readonly given: string;
  /** Whether it continues the block before it: `<!-- continues -->` before the block. */
  readonly continues: boolean;
  /** The reason why it isn't run: from `<!-- compiled only: REASON -->` before the block. */
  readonly compiledOnly: string | undefined;
}

const any = String.raw`[\s\S]*?`;
const block = new RegExp(`((?:^<!--${any}-->\\s*)*)^\`\`\`(\\S+)(.*)\\n(${any})^\`\`\`$`, "gm");

/** Returns all fenced blocks of a page, in order. @throws Error if a block has an unknown word after its language. */
export function readSnippets(page: string, markdown: string): Snippet[] {
  const snippets = Array.from(markdown.matchAll(block), (match) => {
    const [, comments = "", language = "", info = "", code = ""] = match;
    const line = markdown.slice(0, match.index + comments.length).split("\n").length + 1;
    return {
      page,
      line,
      language,
      code,
      file: readInfo(info.trim(), `${page}:${line - 1}`),
      given: /<!-- given\n([\s\S]*?)-->/.exec(comments)?.[1] ?? "",
      continues: comments.includes("<!-- continues -->"),
      compiledOnly: /<!-- compiled only: ([\s\S]+?) -->/.exec(comments)?.[1],
    };
  });
  const fences = markdown.match(/^\s*```/gm)?.length ?? 0;
  if (fences === 2 * snippets.length) return snippets;
  throw new Error(
    `${page}: has ${fences} fences, but ${snippets.length} blocks that begin a line and have a language`,
  );
}

/** Returns the page with this code in the block. */
export function replaceCode(markdown: string, snippet: Snippet, code: string): string {
  const lines = markdown.split("\n");
  lines.splice(snippet.line - 1, snippet.code.split("\n").length - 1, ...code.replace(/\n$/, "").split("\n"));
  return lines.join("\n");
}

function readInfo(info: string, place: string): string | undefined {
  if (info === "") return undefined;
  const [, file] = /^file=(\S+)$/.exec(info) ?? [];
  if (file === undefined)
    throw new Error(`${place}: "${info}" is not known: only file=PATH may follow the language`);
  return file;
}
