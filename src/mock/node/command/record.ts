import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { create, toJsonString } from "@bufbuild/protobuf";
import { CallSchema } from "../../../../gen/tenantry/mock/v1/admin_pb.js";
import { type Called, describeCall } from "../../admin/calls.js";
import type { CallRecord } from "../../engine/calls/calls.js";

/** A file of calls. */
export interface CallFile {
  /** Adds a call. `server` is the one that it reached: the command's, or a world of it. */
  readonly write: (call: CallRecord, server: Called) => void;
  /** Writes what is still to be written. @throws Error if the file can't be written. */
  close(): Promise<void>;
}

/**
 * Begins a file of calls, each a line of JSON: a `tenantry.mock.v1.Call`.
 *
 * @throws Error if the file can't be written.
 */
export async function openRecord(file: string): Promise<CallFile> {
  const stream = createWriteStream(file);
  let broken: Error | undefined;
  stream.on("error", (error) => {
    broken ??= new Error(`cannot write the record ${file}: ${error.message}`, { cause: error });
  });
  await once(stream, "open").catch(() => {});
  if (broken !== undefined) throw broken;
  return {
    write(call, server) {
      if (broken === undefined)
        stream.write(`${toJsonString(CallSchema, create(CallSchema, describeCall(call, server)))}\n`);
    },
    async close() {
      if (broken === undefined) await new Promise<void>((resolve) => stream.end(() => resolve()));
      if (broken !== undefined) throw broken;
    },
  };
}
