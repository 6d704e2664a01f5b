import { createWriteStream } from "node:fs";
import { rename, rm } from "node:fs/promises";
import { pipeline } from "node:stream/promises";
import type { FamClient } from "tenantry";

/** The progress of an export. */
export interface Progress {
  readonly done: number;
  /** The number of members. Undefined if the server does not return it. */
  readonly total: number | undefined;
}

/** Writes an account's members to a file, one page at a time. It keeps at most two pages in memory. */
export async function membersToCsv(
  client: FamClient,
  accountId: string,
  path: string,
  onProgress: (progress: Progress) => void,
): Promise<void> {
  async function* rows(): AsyncGenerator<string> {
    let done = 0;
    yield toRow("email", "first name", "last name", "relations");
    // The next page is fetched while this one is written.
    const list = client.members.search(accountId, { statuses: ["active"] }, { prefetch: true });
    for await (const { items, total } of list.pages()) {
      yield items
        .map(({ email, firstName, lastName, relations }) =>
          toRow(email, firstName, lastName, relations.join(" ")),
        )
        .join("");
      done += items.length;
      onProgress({ done, total });
    }
  }
  // If the export fails, an earlier file stays as it is.
  const part = `${path}.part`;
  try {
    // Each page waits until the previous page is written.
    await pipeline(rows, createWriteStream(part));
    await rename(part, path);
  } finally {
    await rm(part, { force: true });
  }
}

function toRow(...cells: string[]): string {
  return `${cells.map(toCell).join(",")}\r\n`;
}

/** Quotes a cell as in RFC 4180. The apostrophe keeps a spreadsheet from running a name as a formula. */
function toCell(text: string): string {
  const safe = /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
  return `"${safe.replaceAll('"', '""')}"`;
}
