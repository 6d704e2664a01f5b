import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { fromBinary } from "@bufbuild/protobuf";
import { base64Decode } from "@bufbuild/protobuf/wire";
import { type DescriptorProto, FileDescriptorProtoSchema } from "@bufbuild/protobuf/wkt";
import type { Plugin } from "esbuild";

const codegen = "@bufbuild/protobuf/codegenv2";
const recorded = Symbol.for("tenantry.recordedDescriptors");

/** Lets a bundle note each descriptor that it decodes: what a minifier and a tree shaker left of them. */
const recorder: Plugin = {
  name: "descriptor-recorder",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /codegenv2$/ }, ({ path, namespace }) =>
      path === codegen && namespace !== "recorder"
        ? { path, namespace: "recorder", sideEffects: false }
        : null,
    );
    onLoad({ filter: /.*/, namespace: "recorder" }, () => ({
      resolveDir: ".",
      contents: `
        import { fileDesc as original } from "${codegen}";
        export * from "${codegen}";
        export function fileDesc(base64, ...rest) {
          (globalThis[Symbol.for("${recorded.description}")] ??= []).push(base64);
          return original(base64, ...rest);
        }`,
    }));
  },
};

/**
 * Runs a bundle and reads the descriptors in it.
 *
 * @returns the fields, as `package.Message.field`, that carry options such as the validation rules (extension 1159).
 */
export async function optionsIn(bundle: (plugin: Plugin) => Promise<Uint8Array>): Promise<string[]> {
  const files = await descriptorsIn(await bundle(recorder));
  return files.flatMap((base64) => {
    const file = fromBinary(FileDescriptorProtoSchema, base64Decode(base64));
    return file.messageType.flatMap((message) => fieldsWithOptions(message, file.package));
  });
}

async function descriptorsIn(code: Uint8Array): Promise<string[]> {
  // Inside the package, where what the bundle leaves out can be found.
  const folder = mkdtempSync(join("node_modules", ".bundle-"));
  const files: string[] = [];
  Object.assign(globalThis, { [recorded]: files });
  try {
    const file = join(folder, "bundle.mjs");
    writeFileSync(file, code);
    await import(pathToFileURL(file).href);
    return files;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function fieldsWithOptions(message: DescriptorProto, scope: string): string[] {
  const name = `${scope}.${message.name}`;
  const own = message.field
    .filter((field) => field.options?.$unknown?.length)
    .map((field) => `${name}.${field.name}`);
  return [...own, ...message.nestedType.flatMap((nested) => fieldsWithOptions(nested, name))];
}
