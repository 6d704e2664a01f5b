import { version } from "../../../package.json";

/**
 * Returns the header with this package and the runtime, such as `tenantry/0.1.0 node/20`. Empty in browsers and
 * workers, which send their own.
 */
export function userAgent(
  versions: Readonly<Record<string, string | undefined>> | undefined = globalThis.process?.versions,
): { "user-agent"?: string } {
  // Bun and Deno have a version of Node too.
  const runtime = ["bun", "deno", "node"].find((name) => versions?.[name]);
  if (!runtime) return {};
  const major = versions?.[runtime]?.replace(/\..*/, "");
  return { "user-agent": `tenantry/${version} ${runtime}/${major}` };
}
