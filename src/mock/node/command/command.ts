import { version } from "../../../../package.json";
import { readArguments, UsageError, usage } from "./arguments.js";
import { type CommandContext, runMock } from "./run-mock.js";

/** Runs `tenantry …`. Returns its exit code: 0, 1 if something failed, 2 if the arguments are wrong. */
export async function runCommand(argv: readonly string[], context: CommandContext): Promise<number> {
  try {
    const args = readArguments(argv);
    if (args.help) context.out(usage);
    else if (args.version) context.out(`${version}\n`);
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
