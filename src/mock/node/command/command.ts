import { readArguments, UsageError, usage } from "./arguments.js";
import type { CommandContext } from "./context.js";
import { runMock } from "./run-mock.js";

/** Runs `tenantry …`; answers its exit code: 0, 1 where something failed, 2 where it was called wrongly. */
export async function runCommand(argv: readonly string[], context: CommandContext): Promise<number> {
  try {
    const args = readArguments(argv);
    if (args.help) context.out(usage);
    else await runMock(args, context);
    return 0;
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof UsageError) {
      context.err(`tenantry: ${message}\n\nSee tenantry --help.\n`);
      return 2;
    }
    context.err(`tenantry: ${message}\n`);
    return 1;
  }
}
