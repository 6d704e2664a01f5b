import { createHash, randomUUID } from "node:crypto";
import { link, mkdir, open, readdir, readFile, rename, stat, unlink } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isRecord } from "../core/json/fields.js";

/**
 * Compare-and-swap for a file, without a lock. A writer first links the new file to a name that is derived from the old
 * content: the system lets only one writer do that. Then the file is renamed into place, by its writer or, if that was killed
 * or stalls, by the next reader.
 *
 * @param current - the content that must be there still; undefined for no file.
 * @returns false if the content is another one, or another writer is replacing it.
 */
export async function replaceFile(path: string, current: string | undefined, next: string): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await removeLeftovers(path);
  const claim = claimOn(path, current);
  const temporary = `${path}.${randomUUID()}.tmp`;
  try {
    await write(temporary, next);
    await link(temporary, claim);
  } catch (reason) {
    if (hasCode(reason, "EEXIST")) return false;
    throw reason;
  } finally {
    await unlink(temporary).catch(() => {});
  }
  if ((await read(path)) !== current) {
    // Either a reader has put our content into place, or this process has stalled and its claim comes too late.
    const isOurs = (await read(claim)) !== next;
    if (!isOurs) await unlink(claim).catch(() => {});
    return isOurs;
  }
  await putIntoPlace(claim, path);
  return true;
}

/** A file's content, once a replacement that was begun is finished. Undefined if there is no file. */
export async function readCurrent(path: string): Promise<string | undefined> {
  for (;;) {
    const current = await read(path);
    // A folder that cannot be written to can still be read.
    const hasMoved = await putIntoPlace(claimOn(path, current), path).catch(() => false);
    if (!hasMoved) return current;
  }
}

/** The path of the file that is to replace this content. */
function claimOn(path: string, current: string | undefined): string {
  const hash = createHash("sha256")
    .update(current ?? "")
    .digest("hex");
  return `${path}.after-${current === undefined ? "none" : hash.slice(0, 24)}.next`;
}

async function putIntoPlace(claim: string, path: string): Promise<boolean> {
  try {
    await rename(claim, path);
    return true;
  } catch (reason) {
    if (hasCode(reason, "ENOENT")) return false;
    throw reason;
  }
}

async function read(path: string): Promise<string | undefined> {
  try {
    return await readFile(path, "utf8");
  } catch (reason) {
    if (hasCode(reason, "ENOENT")) return undefined;
    throw reason;
  }
}

async function write(path: string, text: string): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(text);
    // Otherwise a power cut may leave the new name without the content.
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Removes what a crash has left, because tokens lie in it. A young file may be another process's, at work. */
async function removeLeftovers(path: string): Promise<void> {
  const folder = dirname(path);
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`${basename(path)}.`) || !/\.(tmp|next)$/.test(name)) continue;
    const leftover = join(folder, name);
    const { mtimeMs } = await stat(leftover).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > 60_000) await unlink(leftover).catch(() => {});
  }
}

/** Whether a failure has this code. Not by `instanceof`: in Jest, Node's errors are of another realm. */
export function hasCode(reason: unknown, code: string): boolean {
  return isRecord(reason) && reason["code"] === code;
}
