import { createHash, randomUUID } from "node:crypto";
import { link, mkdir, open, readdir, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { hasCode, remove, succeeds } from "./file-system.js";

/** The file with the new content, in the folder of a writer. */
const newFile = "next";
/**
 * An empty file that stays in this folder. A folder can be renamed to the name of an empty folder, but not of this one.
 */
const marker = "taken";

/**
 * Replaces a file if it still has the expected content, without a lock. A writer puts the new file into a folder, and gives
 * this folder the name that belongs to the old content. Only one writer can do that. Then it renames the file to `path`. If the
 * writer was killed or stalls, the next reader renames the file.
 *
 * The folder stays for a minute, without the file. If its name were free earlier, a late writer that has read the old content
 * could take the name. A late reader would then replace a newer file with the file of that writer.
 *
 * @param current - the expected content; undefined for no file.
 * @returns false if the file has other content, or if another writer is replacing it.
 */
export async function replaceFile(path: string, current: string | undefined, next: string): Promise<boolean> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await removeLeftovers(path);
  const draft = `${path}.${randomUUID()}.tmp`;
  try {
    await write(draft, next);
    const isReplaced =
      current === undefined
        ? await create(path, draft)
        : (await take(path, current, draft)) && (await finish(path, current));
    if (isReplaced) await syncFolder(dirname(path));
    return isReplaced;
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

/** Finishes a replacement that was begun, and returns the file's content. Undefined if there is no file. */
export async function readCurrent(path: string): Promise<string | undefined> {
  for (;;) {
    const current = await read(path);
    if (current === undefined) return undefined;
    // A folder that cannot be written to can still be read.
    const hasMoved = await putIntoPlace(folderOf(path, current), path).catch(() => false);
    if (!hasMoved) return current;
  }
}

/** Creates the file. Returns false if there is a file already. */
function create(path: string, draft: string): Promise<boolean> {
  return succeeds(link(join(draft, newFile), path), "EEXIST");
}

/** Gives a draft the name that belongs to the old content. Returns false if another writer has it. */
async function take(path: string, current: string, draft: string): Promise<boolean> {
  const folder = folderOf(path, current);
  // This content was replaced before, and an old file was copied back.
  if (await isDone(folder)) {
    if ((await read(path)) !== current) return false;
    await rm(folder, { recursive: true, force: true });
  }
  try {
    await rename(draft, folder);
    return true;
  } catch (reason) {
    // Each system has its own error code for a name that is taken.
    if (await exists(folder)) return false;
    throw reason;
  }
}

/** Puts the file of a taken folder into place. Returns false if this file does not replace the current content. */
async function finish(path: string, current: string): Promise<boolean> {
  const folder = folderOf(path, current);
  if ((await read(path)) === current) await putIntoPlace(folder, path);
  // If the file is still in its folder, this process has stalled, and created its folder a minute too late.
  const isLate = await remove(join(folder, newFile));
  return !isLate && (await read(path)) !== current;
}

/** Returns the path of the folder of the writer that replaces this content. */
function folderOf(path: string, current: string): string {
  const hash = createHash("sha256").update(current).digest("hex");
  return `${path}.after-${hash.slice(0, 24)}.next`;
}

/** What follows the file's name in the names of a draft and of a writer's folder. */
const leftoverEnd = /^\.([\da-f-]{36}\.tmp|after-[\da-f]{24}\.next)$/;

/** Checks whether the file of a folder is in its place. */
async function isDone(folder: string): Promise<boolean> {
  return (await exists(folder)) && !(await exists(join(folder, newFile)));
}

/** Moves the file of a folder to its place. Returns false if another process has moved it. */
function putIntoPlace(folder: string, path: string): Promise<boolean> {
  return succeeds(rename(join(folder, newFile), path), "ENOENT");
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
  const file = await open(join(draft, newFile), "w", 0o600);
  try {
    await file.writeFile(text);
    // Otherwise a power cut may leave the new name without the content.
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Writes a file's new name to the disk. Otherwise a power cut may bring back the old file, with a refresh token that is used up. Windows
 * cannot do this, and the file is in its place anyway, so a failure does not count.
 */
function syncFolder(folder: string): Promise<boolean> {
  return succeeds(open(folder).then((handle) => handle.sync().finally(() => handle.close())));
}

function exists(path: string): Promise<boolean> {
  return succeeds(stat(path));
}

/**
 * Removes old folders, and the files of crashed processes, because they contain tokens. A new folder or file may still
 * be in use.
 */
async function removeLeftovers(path: string): Promise<void> {
  const folder = dirname(path);
  const file = basename(path);
  for (const name of await readdir(folder)) {
    // A file with a similar name may belong to another program.
    if (!name.startsWith(file) || !leftoverEnd.test(name.slice(file.length))) continue;
    // Another process may remove it in the meantime.
    await removeIfOld(join(folder, name)).catch(() => {});
  }
}

async function removeIfOld(leftover: string): Promise<void> {
  const { mtimeMs } = await stat(leftover);
  if (Date.now() - mtimeMs > 60_000) await rm(leftover, { recursive: true, force: true });
}
