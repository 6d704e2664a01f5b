/**
 * The first of these environment variables that is set and not empty, with its value trimmed. Undefined if none is, or if
 * there is no environment, as in browsers. It imports nothing of Node.
 */
export function firstSet(
  names: readonly string[],
  env: Readonly<Record<string, string | undefined>> | undefined = globalThis.process?.env,
): { name: string; value: string } | undefined {
  for (const name of names) {
    const value = env?.[name]?.trim();
    if (value) return { name, value };
  }
  return undefined;
}
