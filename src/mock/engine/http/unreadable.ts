import { type DescMessage, fromBinary, fromJsonString } from "@bufbuild/protobuf";
import { failure } from "../errors.js";
import { messageOf } from "../message-of.js";

/**
 * Checks that a body is a message, as connect-go and Go's protobuf runtime do. They refuse a byte order mark and invalid UTF-8,
 * which JavaScript accepts.
 *
 * @throws ConnectError `invalid_argument`. The text begins as connect-go's does.
 */
export function checkReadable(desc: DescMessage, bytes: Uint8Array, isJson: boolean): void {
  if (isJson && bytes.byteLength === 0) {
    throw failure("invalid_argument", "unmarshal message: zero-length payload is not a valid JSON object");
  }
  const problem = isJson ? problemOfJson(desc, bytes) : problemOfBinary(desc, bytes);
  if (problem === undefined) return;
  throw failure("invalid_argument", `unmarshal message: unmarshal into *${goName(desc)}: proto: ${problem}`);
}

function problemOfBinary(desc: DescMessage, bytes: Uint8Array): string | undefined {
  try {
    fromBinary(desc, bytes);
    return undefined;
  } catch {
    return "cannot parse invalid wire-format data";
  }
}

function problemOfJson(desc: DescMessage, bytes: Uint8Array): string | undefined {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return "syntax error: invalid UTF-8 in string";
  }
  if (text.startsWith("\ufeff")) return "syntax error (line 1:1): invalid value \ufeff";
  try {
    fromJsonString(desc, text, { ignoreUnknownFields: true });
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}

/** Returns a message's type in Go: `mgmtv1alpha1.GetUserRequest`. */
function goName({ typeName, file }: DescMessage): string {
  const { package: name } = file.proto;
  return `${name.replaceAll(".", "")}.${typeName.slice(name.length + 1).replaceAll(".", "_")}`;
}
