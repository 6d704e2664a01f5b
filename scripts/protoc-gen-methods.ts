/**
 * A plugin for protoc and buf. It writes `<name>_methods.ts` beside protoc-gen-es's `<name>_pb.ts`: one plain value for
 * each RPC, typed by the RPC's JSON types. A client loads these values and nothing of the protobuf runtime.
 */
import { createEcmaScriptPlugin, runNodeJs, type Schema } from "@bufbuild/protoplugin";

type File = Schema["files"][number];
type Service = File["services"][number];
type Method = Service["methods"][number];

/** The idempotency of a method, by the numbers of `MethodOptions.IdempotencyLevel`. */
const idempotencyLevels = ["unknown", "no_side_effects", "idempotent"] as const;

const plugin = createEcmaScriptPlugin({
  name: "protoc-gen-methods",
  version: "v1",
  generateTs(schema) {
    for (const file of schema.files) {
      if (file.services.length > 0) generateFile(schema, file);
    }
  },
});

function generateFile(schema: Schema, file: File): void {
  const out = schema.generateFile(`${file.name}_methods.ts`);
  out.preamble(file);
  // This is the only import from `gen/` to `src/`. It disappears when TypeScript is compiled.
  const type = out.import("Method", "../src/core/call/method.js", true);
  for (const [index, service] of file.services.entries()) {
    // One constant for all methods makes a client smaller.
    const name = index === 0 ? "service" : `service${index + 1}`;
    out.print("const ", name, " = ", out.string(service.typeName), ";");
    out.print();
    for (const method of service.methods) {
      if (method.methodKind !== "unary") throw new Error(`${method.toString()} is not unary`);
      // protobuf-es's type of an empty message is `{}`, which accepts any object.
      const isEmpty = method.input.fields.length === 0;
      const request = isEmpty ? "Record<string, never>" : out.importJson(method.input);
      const response = out.importJson(method.output);
      out.print(out.jsDoc(describe(method)));
      out.print(out.export("const", method.localName), ": ", type, "<", request, ", ", response, "> = {");
      out.print("  service", index === 0 ? "" : `: ${name}`, ",");
      out.print("  name: ", out.string(method.name), ",");
      out.print("  idempotency: ", out.string(idempotencyLevels[method.idempotency]), ",");
      out.print("};");
      out.print();
    }
  }
}

/** Returns the schema's own comment on an RPC, and its full name. */
function describe(method: Method): string {
  // The numbers of the fields `service` of a file and `method` of a service, in descriptor.proto.
  const path = [
    6,
    method.parent.file.services.indexOf(method.parent),
    2,
    method.parent.methods.indexOf(method),
  ];
  const { location = [] } = method.parent.file.proto.sourceCodeInfo ?? {};
  const comment = location.find((each) => each.path.join() === path.join())?.leadingComments ?? "";
  const text = comment
    .split("\n")
    .map((line) => line.trim())
    .join("\n")
    .trim();
  return `${text}${text && "\n\n"}RPC \`${method.parent.typeName}/${method.name}\`.`;
}

runNodeJs(plugin);
