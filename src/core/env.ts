/** The environment variables. Undefined in browsers. */
type Environment = Readonly<Record<string, string | undefined>> | undefined;

/**
 * Returns an environment variable's value, trimmed. Returns undefined if it is not set, or if there is no environment. It does
 * not import Node's modules.
 */
export function variable(name: string, env: Environment = globalThis.process?.env): string | undefined {
  return env?.[name]?.trim();
}

/** Returns the first of these environment variables that has a value. Returns undefined if none of them has a value. */
export function firstSet(
  names: readonly string[],
  env?: Environment,
): { name: string; value: string } | undefined {
  for (const name of names) {
    const value = variable(name, env);
    if (value) return { name, value };
  }
  return undefined;
}
