import ts from "typescript";

/** A line of a file that people read. */
export interface ProseLine {
  /** Counted from 1. */
  readonly line: number;
  readonly text: string;
}

/** Returns the prose of a file, line by line: the comments and strings of code, and all lines of other files. */
export function proseOf(file: string, content: string): ProseLine[] {
  return /\.(tsx?|m?js|cjs|cts)$/.test(file) ? proseOfCode(file, content) : linesFrom(1, content);
}

function proseOfCode(file: string, content: string): ProseLine[] {
  const source = ts.createSourceFile(file, content, ts.ScriptTarget.Latest, true);
  const ranges = new Map<number, number>();
  const visit = (node: ts.Node): void => {
    for (const comment of [
      ...(ts.getLeadingCommentRanges(content, node.getFullStart()) ?? []),
      ...(ts.getTrailingCommentRanges(content, node.getEnd()) ?? []),
    ]) {
      ranges.set(comment.pos, comment.end);
    }
    if (ts.isStringLiteral(node) || ts.isJsxText(node) || isTemplatePart(node)) {
      ranges.set(node.getStart(source), node.getEnd());
    }
    // The loop includes tokens, because a comment may stand before a brace.
    for (const child of node.getChildren(source)) visit(child);
  };
  visit(source);
  return [...ranges].flatMap(([start, end]) =>
    linesFrom(source.getLineAndCharacterOfPosition(start).line + 1, content.slice(start, end)),
  );
}

function isTemplatePart(node: ts.Node): boolean {
  return (
    ts.isNoSubstitutionTemplateLiteral(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddle(node) ||
    ts.isTemplateTail(node)
  );
}

function linesFrom(first: number, text: string): ProseLine[] {
  return text.split("\n").map((line, index) => ({ line: first + index, text: line }));
}
