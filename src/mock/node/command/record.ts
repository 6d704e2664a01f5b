import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { create, toJsonString } from "@bufbuild/protobuf";
import { CallSchema } from "../../../../gen/tenantry/mock/v1/admin_pb.js";
import { type CalledServer, toCall } from "../../admin/calls.js";
import type { CallRecord } from "../../engine/calls/calls.js";

/** A file that calls are written to. */
export interface CallFile {
  /** Adds a call. `server` is the server that the call reached: the command's server, or one of its worlds. */
  readonly write: (call: CallRecord, server: CalledServer) => void;
  /** Writes the rest, and closes the file. @throws Error if the file can't be written. */
  close(): Promise<void>;
}

/**
 * Creates a file of calls. Each line is a `tenantry.mock.v1.Call` as JSON.
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
        stream.write(`${toJsonString(CallSchema, create(CallSchema, toCall(call, server)))}\n`);
    },
    async close() {
      if (broken === undefined) await new Promise<void>((resolve) => stream.end(() => resolve()));
      if (broken !== undefined) throw broken;
    },
  };
}
