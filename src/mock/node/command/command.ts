import { createRequire } from "node:module";
import { messageOf } from "../../engine/message-of.js";
import { runProxy } from "../recorder/run-proxy.js";
import { runVerify } from "../verify/run-verify.js";
import { readVerifyArguments, verifyUsage } from "../verify/verify-arguments.js";
import { readArguments } from "./arguments.js";
import { UsageError } from "./parse-options.js";
import { type CommandContext, runMock } from "./run-mock.js";
import { usage } from "./usage.js";

/** It is not imported: the clients would then load one more file, which contains only the version. */
const { version }: { version: string } = createRequire(import.meta.url)("tenantry/package.json");

/**
 * Runs `tenantry …`. Returns its exit code: 0, 1 if something failed or a recording differs, 2 if the arguments are wrong.
 */
export async function runCommand(argv: readonly string[], context: CommandContext): Promise<number> {
  const isVerify = argv[0] === "verify";
  try {
    return isVerify ? await verify(argv.slice(1), context) : await mock(argv, context);
  } catch (error) {
    const message = messageOf(error);
    if (error instanceof UsageError) {
      context.err(`tenantry: ${message}\n\nSee tenantry ${isVerify ? "verify " : ""}--help.\n`);
      return 2;
    }
    context.err(`tenantry: ${message}\n`);
    return 1;
  }
}

async function mock(argv: readonly string[], context: CommandContext): Promise<number> {
  const args = readArguments(argv);
  const { proxy } = args;
  if (args.help) context.out(usage);
  else if (args.version) context.out(`${version}\n`);
  else if (proxy !== undefined) await runProxy({ ...args, proxy }, context);
  else await runMock(args, context);
  return 0;
}

async function verify(argv: readonly string[], context: CommandContext): Promise<number> {
  const args = readVerifyArguments(argv);
  if (!args.help) return (await runVerify(args, context)) ? 0 : 1;
  context.out(verifyUsage);
  return 0;
}
