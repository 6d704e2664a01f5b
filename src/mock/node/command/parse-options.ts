import { parseArgs } from "node:util";
import { didYouMean } from "../../engine/did-you-mean.js";

/** The arguments of a command are wrong. */
export class UsageError extends Error {}

/** The options of a command, by their names without the dashes. */
interface KnownOptions {
  /** The options with a value. */
  readonly values: readonly string[];
  /** The options without a value. */
  readonly flags: readonly string[];
  /** The full names of options with one letter. */
  readonly aliases: Readonly<Record<string, string>>;
}

/** The arguments of a command. */
interface ParsedOptions {
  /** The options by their full names. A flag has an empty value. */
  readonly given: ReadonlyMap<string, string>;
  /** The arguments that are not options. */
  readonly positionals: readonly string[];
}

/**
 * Reads the arguments of a command. @throws UsageError if an option is unknown, if its value is missing, or if it has a
 * value but accepts no value.
 */
export function parseOptions(argv: readonly string[], known: KnownOptions): ParsedOptions {
  const { values, aliases } = known;
  const typed = (name: string) =>
    ({ type: values.includes(aliases[name] ?? name) ? "string" : "boolean" }) as const;
  const names = [...values, ...known.flags, ...Object.keys(aliases)];
  const { tokens } = parseArgs({
    args: [...argv],
    strict: false,
    tokens: true,
    options: Object.fromEntries(names.map((name) => [name, typed(name)])),
  });
  const given = new Map<string, string>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const name = aliases[token.name] ?? token.name;
    given.set(name, readValue(known, name, token.rawName, token.value));
  }
  return { given, positionals };
}

function readValue(
  { values, flags }: KnownOptions,
  name: string,
  rawName: string,
  value: string | undefined,
): string {
  if (values.includes(name)) {
    if (value === undefined || value === "" || value.startsWith("--"))
      throw new UsageError(`${rawName} needs a value`);
    return value;
  }
  if (!flags.includes(name)) {
    const known = [...values, ...flags].map((each) => `--${each}`);
    const hint = didYouMean(rawName, known) || `the options are ${known.join(", ")}`;
    throw new UsageError(`there is no option ${rawName}; ${hint}`);
  }
  if (value !== undefined) throw new UsageError(`${rawName} takes no value`);
  return "";
}

/** Returns the flags of switches: `name` and `no-name` for each. */
export function switchFlags(switches: readonly string[]): string[] {
  return switches.flatMap((name) => [name, `no-${name}`]);
}

/** Checks whether a switch is on: `--name` turns it on, and `--no-name` turns it off. @throws UsageError if both are given. */
export function readSwitch(given: ReadonlyMap<string, string>, name: string, otherwise: boolean): boolean {
  const isOn = given.has(name);
  const isOff = given.has(`no-${name}`);
  if (isOn && isOff) throw new UsageError(`--${name} and --no-${name} contradict each other`);
  return isOn || (!isOff && otherwise);
}
