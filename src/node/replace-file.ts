import { createHash, randomUUID } from "node:crypto";
import { link, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { hasCode, remove } from "./file-system.js";

/** The file with the new content, in the folder of a writer. */
const newFile = "next";
/** An empty file that stays in this folder: only onto an empty folder can another one be renamed. */
const marker = "taken";

/**
 * Replaces a file if it still has the expected content, without a lock. A writer puts the new file into a folder, and gives this folder the name that
 * belongs to the old content. Only one writer can do that. Then the file is renamed into place, by its writer or,
 * if that was killed or stalls, by the next reader.
 *
 * The folder stays for a minute, without the file. If its name were free again, a writer that has read the old content before
 * could take it, and a reader that has too would put this late file in place of a newer one.
 *
 * @param current - the expected content; undefined for no file.
 * @returns false if the content is another one, or another writer is replacing it.
 */
export async function replaceFile(path: string, current: string | undefined, next: string): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await removeLeftovers(path);
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    await write(draft, next);
    if (current === undefined) return await create(path, draft);
    return (await take(path, current, draft)) && (await finish(path, current));
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Returns a file's content, after it has finished a replacement that was begun. Undefined if there is no file. */
export async function readCurrent(path: string): Promise<string | undefined> {
  for (;;) {
    const current = await read(path);
    if (current === undefined) return undefined;
    // A folder that cannot be written to can still be read.
    const hasMoved = await putIntoPlace(folderOf(path, current), path).catch(() => false);
    if (!hasMoved) return current;
  }
}

/** Puts the first file in its place. Returns false if there is one. */
async function create(path: string, draft: string): Promise<boolean> {
  try {
    await link(join(draft, newFile), path);
    return true;
  } catch (reason) {
    if (hasCode(reason, "EEXIST")) return false;
    throw reason;
  }
}

/** Gives a draft the name that belongs to the old content. Returns false if another writer has it. */
async function take(path: string, current: string, draft: string): Promise<boolean> {
  const folder = folderOf(path, current);
  // The content was replaced once, and is there again: an old file was copied back.
  if (await isDone(folder)) {
    if ((await read(path)) !== current) return false;
    await rm(folder, { recursive: true, force: true });
  }
  try {
    await rename(draft, folder);
    return true;
  } catch (reason) {
    // The code for a name that is taken differs between systems.
    if (await exists(folder)) return false;
    throw reason;
  }
}

/** Puts the file of a taken folder into place. Returns false if the content is not the one that this file replaces. */
async function finish(path: string, current: string): Promise<boolean> {
  const folder = folderOf(path, current);
  if ((await read(path)) === current) await putIntoPlace(folder, path);
  // If the file is still in its folder, this process has stalled, and its folder has come a minute too late.
  const isLate = await remove(join(folder, newFile));
  return !isLate && (await read(path)) !== current;
}

/** Returns the path of the folder of the writer that replaces this content. */
function folderOf(path: string, current: string): string {
  const hash = createHash("sha256").update(current).digest("hex");
  return `${path}.after-${hash.slice(0, 24)}.next`;
}

/** Checks whether the file of a folder is in its place. */
async function isDone(folder: string): Promise<boolean> {
  return (await exists(folder)) && !(await exists(join(folder, newFile)));
}

async function putIntoPlace(folder: string, path: string): Promise<boolean> {
  try {
    await rename(join(folder, newFile), path);
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

/** Creates a writer's folder, with the new file in it. */
async function write(draft: string, text: string): Promise<void> {
  await mkdir(draft, { mode: 0o700 });
  await writeFile(join(draft, marker), "");
  const file = await open(join(draft, newFile), "wx", 0o600);
  try {
    await file.writeFile(text);
    // Otherwise a power cut may leave the new name without the content.
    await file.sync();
  } finally {
    await file.close();
  }
}

async function exists(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Removes old folders, and the files of a crash, because they contain tokens. A young one may still be in use. */
async function removeLeftovers(path: string): Promise<void> {
  const folder = dirname(path);
  for (const name of await readdir(folder)) {
    if (!name.startsWith(`${basename(path)}.`) || !/\.(tmp|next)$/.test(name)) continue;
    const leftover = join(folder, name);
    const { mtimeMs } = await stat(leftover).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > 60_000) await rm(leftover, { recursive: true }).catch(() => {});
  }
}
