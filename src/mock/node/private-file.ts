import { fchmodSync, fstatSync, ftruncateSync } from "node:fs";

/**
 * Checks that a command may write to an open file: it is empty, or `force` is set. A pipe or a device has no content.
 *
 * @throws Error if the file is not empty.
 */
export function checkEmpty(descriptor: number, file: string, force: boolean): void {
  const stats = fstatSync(descriptor);
  if (force || !stats.isFile() || stats.size === 0) return;
  throw new Error(`${file} is not empty: name another file, or overwrite this one with --force`);
}

/**
 * Deletes the content of an open file, and lets only its owner read and write it: if it existed before, other users may be able to
 * read it. A pipe or a device, such as `/dev/null`, stays as it is.
 */
export function clearPrivate(descriptor: number): void {
  const stats = fstatSync(descriptor);
  if (!stats.isFile()) return;
  fchmodSync(descriptor, 0o600);
  if (stats.size > 0) ftruncateSync(descriptor);
}
