import { ApiError } from "tenantry";

/**
 * Runs a command, and returns its exit code: 1 if the command returns false, if a call, a file or a port fails, or if the
 * time is up. It then prints the reason instead of a stack.
 */
export async function exitCodeOf(
  command: () => Promise<unknown>,
  say: (line: string) => void,
): Promise<number> {
  try {
    return (await command()) === false ? 1 : 0;
  } catch (error) {
    if (!isExpected(error)) throw error;
    say(error.message);
    return 1;
  }
}

/** Whether the error is not a mistake in the program. */
function isExpected(error: unknown): error is Error {
  // `AbortSignal.timeout()` aborts with a DOMException. Errors of Node's files and ports have the name of a system call.
  if (error instanceof ApiError || error instanceof DOMException) return true;
  return error instanceof Error && "syscall" in error;
}
