import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { create, toJsonString } from "@bufbuild/protobuf";
import { CallSchema } from "../../../../gen/tenantry/mock/v1/admin_pb.js";
import { type CalledServer, toCall } from "../../admin/calls.js";
import type { CallRecord } from "../../engine/calls/calls.js";
import { messageOf } from "../../engine/message-of.js";
import { checkEmpty, clearPrivate } from "../private-file.js";

/** A file that calls are written to. */
export interface CallFile {
  /** Deletes what the file had before, and lets only its owner read it. @throws Error if the file can't be written. */
  clear(): void;
  /** Adds a call. `server` is the server that the call reached: the command's server, or one of its worlds. */
  write(call: CallRecord, server: CalledServer): void;
  /** Writes the rest, and closes the file. @throws Error if the file can't be written. */
  close(): Promise<void>;
}

/**
 * Opens or creates a file of calls. Each line is a `tenantry.mock.v1.Call` as JSON.
 *
 * @param force - whether to overwrite a file that is not empty.
 * @throws Error if the file is not empty, or can't be written.
 */
export async function openCallFile(file: string, force: boolean): Promise<CallFile> {
  // If two commands use the same file, "a" lets each add whole lines.
  const stream = createWriteStream(file, { flags: "a", mode: 0o600 });
  let descriptor = -1;
  stream.on("open", (opened: number) => {
    descriptor = opened;
  });
  let broken: Error | undefined;
  const problem = (error: unknown) =>
    new Error(`cannot write the record ${file}: ${messageOf(error)}`, { cause: error });
  stream.on("error", (error) => {
    broken ??= problem(error);
  });
  await once(stream, "open").catch(() => {});
  if (broken !== undefined) throw broken;
  try {
    checkEmpty(descriptor, file, force);
  } catch (error) {
    stream.destroy();
    throw error;
  }
  return {
    clear() {
      try {
        clearPrivate(descriptor);
      } catch (error) {
        throw problem(error);
      }
    },
    write(call, server) {
      if (broken === undefined)
        stream.write(`${toJsonString(CallSchema, create(CallSchema, toCall(call, server)))}\n`);
    },
    async close() {
      if (broken === undefined) await new Promise<void>((resolve) => stream.end(() => resolve()));
      if (broken !== undefined) throw broken;
    },
  };
}
