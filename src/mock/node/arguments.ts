import { parseArgs } from "node:util";
import { didYouMean } from "../engine/names.js";

/** What the command was asked to do. */
export interface MockArguments {
  readonly help: boolean;
  readonly port: number;
  readonly host: string;
  readonly seed: string | undefined;
  readonly cloud: boolean;
  readonly rbac: boolean;
  readonly lenient: boolean;
}

/** The command was called in a way that it doesn't understand. */
export class UsageError extends Error {}

const values = ["port", "host", "seed"];
const flags = ["cloud", "no-cloud", "rbac", "no-rbac", "lenient", "help"];
const aliases: Readonly<Record<string, string>> = { p: "port", h: "help" };

/** The help text. */
export const usage = `Usage: tenantry mock [options]

Starts a server that behaves like the real one, in memory, and tells its URL and a token to try.

  -p, --port PORT   the port to listen at; 0 for any that is free (default 4010)
      --host HOST   the address to listen at (default 127.0.0.1)
      --seed FILE   a JSON file that says what is there before the first call
      --no-cloud    behave as a self-hosted server, without billing (default --cloud)
      --no-rbac     let every member of an account do everything (default --rbac)
      --lenient     take what older vendor SDKs send, too
  -h, --help        show this

Example of a seed file:

  { "vydon": { "accounts": [{ "name": "acme", "members": [{ "email": "ada@example.com" }] }] } }
`;

/** Reads the command's arguments. @throws UsageError when there are some that it doesn't know, or can't use. */
export function readArguments(argv: readonly string[]): MockArguments {
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false,
    tokens: true,
    options: Object.fromEntries([
      ...values.map((name) => [name, { type: "string" }] as const),
      ...flags.map((name) => [name, { type: "boolean" }] as const),
      ["p", { type: "string" }] as const,
      ["h", { type: "boolean" }] as const,
    ]),
  });
  const given = new Map<string, string>();
  const commands: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") commands.push(token.value);
    if (token.kind === "option") given.set(...readOption(token.rawName, token.name, token.value));
  }
  const help = given.has("help");
  checkCommand(commands, help);
  return {
    help,
    port: readPort(given.get("port") ?? "4010"),
    host: given.get("host") ?? "127.0.0.1",
    seed: given.get("seed"),
    cloud: readSwitch(given, "cloud"),
    rbac: readSwitch(given, "rbac"),
    lenient: given.has("lenient"),
  };
}

function readOption(rawName: string, name: string, value: string | undefined): [string, string] {
  const full = aliases[name] ?? name;
  if (values.includes(full)) {
    if (value === undefined || value === "" || value.startsWith("--"))
      throw new UsageError(`${rawName} wants a value`);
    return [full, value];
  }
  if (!flags.includes(full)) {
    const known = [...values, ...flags].map((flag) => `--${flag}`);
    throw new UsageError(
      `there is no option ${rawName}; ${didYouMean(rawName, known) || `there is ${known.join(", ")}`}`,
    );
  }
  if (value !== undefined) throw new UsageError(`${rawName} takes no value`);
  return [full, ""];
}

function checkCommand([command, ...others]: readonly string[], help: boolean): void {
  if (command === undefined && help) return;
  if (command === undefined) throw new UsageError("say what to do: tenantry mock");
  if (command !== "mock") throw new UsageError(`there is no command "${command}", only "mock"`);
  if (others.length > 0) throw new UsageError(`"${others.join(" ")}" is too much: options begin with --`);
}

function readPort(text: string): number {
  const port = Number(text);
  if (!/^\d+$/.test(text) || port > 65_535) {
    throw new UsageError(`--port ${text} is not a port: give a number from 0 to 65535`);
  }
  return port;
}

function readSwitch(given: ReadonlyMap<string, string>, name: string): boolean {
  if (given.has(name) && given.has(`no-${name}`))
    throw new UsageError(`--${name} and --no-${name} contradict each other`);
  return !given.has(`no-${name}`);
}
