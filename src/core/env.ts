/**
 * The first of these variables that is set and not empty, without the space around its value. Undefined if there is no
 * environment, as in browsers: nothing of Node is imported for it.
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
