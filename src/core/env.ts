/** The environment. Undefined if there is none, as in browsers. */
type Environment = Readonly<Record<string, string | undefined>> | undefined;

/**
 * An environment variable's value, trimmed. Undefined if it is not set or empty, or if there is no environment. It imports
 * nothing of Node.
 */
export function variable(name: string, env: Environment = globalThis.process?.env): string | undefined {
  return env?.[name]?.trim() || undefined;
}

/** The first of these environment variables that has a value, with its value. Undefined if none has. */
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
