import { readArguments, UsageError, usage } from "./arguments.js";
import { runMock } from "./run-mock.js";

/** Where the command writes, and what ends it. */
export interface CommandContext {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Ends the command when it aborts. */
  readonly signal: AbortSignal;
}

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
