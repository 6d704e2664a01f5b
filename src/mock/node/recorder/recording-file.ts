import { closeSync, constants, openSync, writeSync } from "node:fs";
import { messageOf } from "../../engine/message-of.js";
import { checkEmpty, clearPrivate } from "../private-file.js";
import type { RecordedLine } from "./record-call.js";

/** A file that a recording is written to, line by line. */
export interface RecordingFile {
  /**
   * Writes a line, and returns when it is written. So at most the last line is lost if this process crashes.
   *
   * @throws Error if the file can't be written.
   */
  write(line: RecordedLine): void;
  close(): void;
}

/**
 * Begins a recording. Only the user who runs the command may read and write the file.
 *
 * @param force - whether to overwrite a file that is not empty.
 * @param time - when the recording begins, in milliseconds since 1970.
 * @throws Error if the file is not empty, or can't be written.
 */
export function createRecording(file: string, force: boolean, time: number): RecordingFile {
  const descriptor = open(file, force);
  let step = 0;
  const write = (line: object) => {
    try {
      writeSync(descriptor, `${JSON.stringify({ step: step++, ...line })}\n`);
    } catch (error) {
      throw problem(file, error);
    }
  };
  write({ recorder: "tenantry mock --proxy", time: new Date(time).toISOString() });
  return { write, close: () => closeSync(descriptor) };
}

function open(file: string, force: boolean): number {
  let descriptor: number;
  try {
    descriptor = openSync(file, constants.O_WRONLY | constants.O_CREAT | constants.O_APPEND, 0o600);
  } catch (error) {
    throw problem(file, error);
  }
  try {
    checkEmpty(descriptor, file, force);
    clear(descriptor, file);
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
  return descriptor;
}

function clear(descriptor: number, file: string): void {
  try {
    clearPrivate(descriptor);
  } catch (error) {
    throw problem(file, error);
  }
}

function problem(file: string, error: unknown): Error {
  const reason = messageOf(error);
  return new Error(`cannot write the recording ${file}: ${reason}`, { cause: error });
}
