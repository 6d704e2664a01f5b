/**
 * The first of these environment variables that is set and not empty. Nothing where there is no environment, as in
 * browsers: nothing of Node is imported for it.
 */
export function env(...names: readonly string[]): string | undefined {
  const variables = globalThis.process?.env;
  for (const name of names) {
    const value = variables?.[name]?.trim();
    if (value) return value;
  }
  return undefined;
}
