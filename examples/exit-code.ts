import { ApiError } from "tenantry";

/**
 * Runs a command, and returns its exit code: 1 if the command returns false, or if a call, a file or a port fails. It then
 * prints the reason instead of a stack.
 */
export async function exitCodeOf(
  command: () => Promise<unknown>,
  say: (line: string) => void,
): Promise<number> {
  try {
    return (await command()) === false ? 1 : 0;
  } catch (error) {
    // Errors of Node's files and ports have the name of a system call.
    const isExpected = error instanceof ApiError || (error instanceof Error && "syscall" in error);
    if (!isExpected) throw error;
    say(error.message);
    return 1;
  }
}
