/**
 * Bundles the inspector, the page of the mock's listener, into one module. The module exports the page as a string and
 * its content security policy.
 */
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { build } from "esbuild";

const folder = "src/mock/node/inspector/page";

/** @param root - the folder in which `gen/` is created. */
export async function generateInspector(root: string): Promise<void> {
  const script = await bundle(`${folder}/main.ts`);
  const style = await bundle(`${folder}/styles/index.css`);
  const file = join(root, "gen/tenantry/mock/inspector.ts");
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(
    file,
    `// Made of ${folder} by scripts/inspector-page.ts. Do not edit.

/** The HTML of the inspector, with its script and its style. */
export const page = ${JSON.stringify(pageOf(script, style))};

/** Its content security policy: it allows only this script, this style, and requests to its own server. */
export const policy = ${JSON.stringify(policyOf(script, style))};
`,
  );
}

async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    minify: true,
    write: false,
    format: "iife",
    charset: "utf8",
    legalComments: "none",
    target: "es2022",
    logLevel: "error",
  });
  const [output] = outputFiles;
  if (output === undefined) throw new Error(`esbuild wrote nothing for ${entry}`);
  const text = output.text.trim();
  if (/<\/(script|style)/i.test(text))
    throw new Error(`${entry} contains </script> or </style>, which would end its element in the page`);
  return text;
}

function pageOf(script: string, style: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>tenantry mock</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<noscript>The inspector needs JavaScript.</noscript>
<script>${script}</script>
</body>
</html>
`;
}

function policyOf(script: string, style: string): string {
  return [
    "default-src 'none'",
    `script-src '${hashOf(script)}'`,
    `style-src '${hashOf(style)}'`,
    "img-src data:",
    "connect-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}

function hashOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("base64")}`;
}
