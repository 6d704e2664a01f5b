/** Fails while `package.json` has placeholders, because npm's provenance needs the real repository. */
import { readFileSync } from "node:fs";

const manifest: Record<string, unknown> = JSON.parse(readFileSync("package.json", "utf8"));
const placeholders = ["repository", "homepage", "bugs"].filter((field) =>
  /\bOWNER\b/.test(JSON.stringify(manifest[field] ?? "OWNER")),
);

if (placeholders.length > 0) {
  console.error(
    `Nothing was published: ${placeholders.join(", ")} in package.json are missing or have the placeholder OWNER. ` +
      "Put the repository's address there first.",
  );
  process.exitCode = 1;
}
