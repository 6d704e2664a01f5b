import { brotliDecompressSync, gunzipSync, inflateSync } from "node:zlib";
import {
  createRegistry,
  type DescMessage,
  fromBinary,
  fromJson,
  type JsonValue,
  toBinary,
  toJson,
} from "@bufbuild/protobuf";
import { base64Decode } from "@bufbuild/protobuf/wire";
import { file_buf_validate_validate } from "@bufbuild/protovalidate/gen/buf/validate/validate_pb.js";
import { file_google_rpc_error_details } from "../../../../gen/google/rpc/error_details_pb.js";
import { isObject, type Json } from "./recorded-call.js";

/** A message as JSON, with only the fields of the schema. */
export interface ReadMessage {
  readonly json: JsonValue;
  /** Whether the message had other fields. */
  readonly hadMore: boolean;
}

/** Reads a message. Returns undefined if the bytes are not one. */
export function readMessage(
  schema: DescMessage,
  bytes: Uint8Array,
  isJson: boolean,
): ReadMessage | undefined {
  try {
    return isJson ? readJson(schema, bytes) : readBinary(schema, bytes);
  } catch {
    return undefined;
  }
}

function readJson(schema: DescMessage, bytes: Uint8Array): ReadMessage {
  const text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  // Vydon's own build writes the first name, and Neosync's writes the second.
  const parsed: JsonValue = JSON.parse(text.replaceAll('"isVydonCloud"', '"isNeosyncCloud"'));
  const json = toJson(schema, fromJson(schema, parsed, { ignoreUnknownFields: true }));
  try {
    fromJson(schema, parsed);
    return { json, hadMore: false };
  } catch {
    return { json, hadMore: true };
  }
}

function readBinary(schema: DescMessage, bytes: Uint8Array): ReadMessage {
  const message = fromBinary(schema, bytes);
  const all = toBinary(schema, message).byteLength;
  const known = toBinary(schema, message, { writeUnknownFields: false }).byteLength;
  return { json: toJson(schema, message), hadMore: all !== known };
}

const detailTypes = createRegistry(file_google_rpc_error_details, file_buf_validate_validate);

/** A detail of an error. */
export interface ReadDetail {
  readonly type: string;
  /** Undefined if the type is not known here, or the value cannot be read. */
  readonly message?: { readonly schema: DescMessage; readonly json: JsonValue };
}

/** Reads the details of an error in Connect's JSON. */
export function readDetails(details: Json | undefined): ReadDetail[] {
  if (!Array.isArray(details)) return [];
  return details.filter(isObject).map(({ type, value }) => {
    const name = String(type ?? "");
    const schema = detailTypes.getMessage(name);
    if (schema === undefined || typeof value !== "string") return { type: name };
    const read = readMessage(schema, fromBase64(value), false);
    return read === undefined ? { type: name } : { type: name, message: { schema, json: read.json } };
  });
}

/** Decodes base64 and base64url. Returns no bytes if the text is in neither format. */
export function fromBase64(text: string): Uint8Array {
  try {
    return base64Decode(text);
  } catch {
    return new Uint8Array();
  }
}

/** The largest body that is read for a recording, in bytes. */
const maxOutputLength = 64 * 1024 * 1024;

/** Decompresses a body. Returns undefined if the encoding is unknown or the bytes are wrong. */
export function decompress(bytes: Uint8Array, encoding: string): Uint8Array | undefined {
  try {
    switch (encoding) {
      case "":
      case "identity":
        return bytes;
      case "gzip":
        return gunzipSync(bytes, { maxOutputLength });
      case "br":
        return brotliDecompressSync(bytes, { maxOutputLength });
      case "deflate":
        return inflateSync(bytes, { maxOutputLength });
      default:
        return undefined;
    }
  } catch {
    return undefined;
  }
}
