import { unlink } from "node:fs/promises";
import { isRecord } from "../core/json/fields.js";

/** Removes a file. Returns false if that is not possible: another process has removed it, for example. */
export async function remove(path: string): Promise<boolean> {
  return unlink(path).then(
    () => true,
    () => false,
  );
}

/** Checks whether a failure has this code. Not by `instanceof`: in Jest, Node's errors are of another realm. */
export function hasCode(reason: unknown, code: string): boolean {
  return isRecord(reason) && reason["code"] === code;
}
