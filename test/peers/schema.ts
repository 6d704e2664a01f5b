import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { createFileRegistry, type DescMethod, fromBinary, type JsonValue, toJson } from "@bufbuild/protobuf";
import { base64Decode } from "@bufbuild/protobuf/wire";
import { FileDescriptorSetSchema } from "@bufbuild/protobuf/wkt";

/** A detail of an error in its wire format. */
export interface Detail {
  readonly type: string;
  readonly value: Uint8Array;
}

/** The program that the command `buf` runs: the command itself starts more slowly. */
export const buf = createRequire(import.meta.url).resolve(
  `@bufbuild/buf-${process.platform}-${process.arch}/bin/buf`,
);

/** The published protos, built by buf. Peers use no code that this project generates. */
export const image = ".tmp/peers.binpb";
mkdirSync(".tmp", { recursive: true });
execFileSync(buf, ["build", "-o", image]);
const registry = createFileRegistry(fromBinary(FileDescriptorSetSchema, readFileSync(image)));

/** Returns the descriptor of an RPC by its path, such as `mgmt.v1alpha1.UserAccountService/GetUser`. */
export function methodOf(rpc: string): DescMethod {
  const [service = "", name = ""] = rpc.split("/");
  const method = registry.getService(service)?.methods.find((each) => each.name === name);
  if (method === undefined) throw new Error(`the protos have no RPC ${rpc}`);
  return method;
}

/** Converts a detail to JSON. */
export function readDetail({ type, value }: Detail): JsonValue {
  const schema = registry.getMessage(type);
  if (schema === undefined) throw new Error(`the protos have no message ${type}`);
  return toJson(schema, fromBinary(schema, value), { registry });
}

/** Returns the details of an error in Connect's JSON. */
export function detailsOf(error: { details?: { type: string; value: string }[] }): JsonValue[] {
  return (error.details ?? []).map(({ type, value }) => readDetail({ type, value: base64Decode(value) }));
}
