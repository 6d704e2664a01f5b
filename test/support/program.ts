import { createHash, randomUUID } from "node:crypto";
import { mkdir, rename, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { build } from "esbuild";

const folder = ".tmp/programs";

/**
 * Bundles a TypeScript program, because Node starts a bundle much faster than tsx does. Packages are not bundled.
 *
 * @param entry - the path of its file, from the root of the project.
 * @returns the path of the bundle.
 */
export async function program(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    format: "esm",
    platform: "node",
    packages: "external",
    write: false,
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error(`there is no bundle of ${entry}`);
  const hash = createHash("sha256").update(output.contents).digest("hex").slice(0, 16);
  const path = `${folder}/${basename(entry, ".ts")}-${hash}.mjs`;
  // Renaming is atomic. Another worker may start the same program at the same time.
  await mkdir(folder, { recursive: true });
  const draft = `${path}.${randomUUID()}`;
  await writeFile(draft, output.contents);
  await rename(draft, path);
  return path;
}
