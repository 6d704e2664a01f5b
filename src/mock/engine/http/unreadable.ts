import { type DescMessage, fromBinary, fromJsonString } from "@bufbuild/protobuf";
import type { ConnectError } from "@connectrpc/connect";
import { failure } from "../errors.js";
import { messageOf } from "../message-of.js";

/**
 * Returns the error of a body that is not a message, as connect-go and Go's protobuf runtime return it: `invalid_argument`. Undefined if
 * the body is a message.
 */
export function errorOfMessage(
  desc: DescMessage,
  bytes: Uint8Array,
  isJson: boolean,
): ConnectError | undefined {
  try {
    if (isJson) fromJsonString(desc, new TextDecoder().decode(bytes), { ignoreUnknownFields: true });
    else fromBinary(desc, bytes);
    return undefined;
  } catch (error) {
    return unreadable(desc, isJson ? messageOf(error) : "cannot parse invalid wire-format data");
  }
}

/**
 * Returns the error of a JSON body that JavaScript accepts and Go refuses: it is empty, begins with a byte order mark, or is not UTF-8.
 * Undefined if the body is none of these.
 */
export function errorOfText(desc: DescMessage, bytes: Uint8Array): ConnectError | undefined {
  if (bytes.byteLength === 0) {
    return failure("invalid_argument", "unmarshal message: zero-length payload is not a valid JSON object");
  }
  if (byteOrderMark.every((byte, at) => bytes[at] === byte)) {
    return unreadable(desc, "syntax error (line 1:1): invalid value \ufeff");
  }
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes);
    return undefined;
  } catch {
    return unreadable(desc, "syntax error: invalid UTF-8 in string");
  }
}

const byteOrderMark = [0xef, 0xbb, 0xbf];

function unreadable(desc: DescMessage, problem: string): ConnectError {
  return failure("invalid_argument", `unmarshal message: unmarshal into *${goName(desc)}: proto: ${problem}`);
}

/** Returns a message's type in Go: `mgmtv1alpha1.GetUserRequest`. */
function goName({ typeName, file }: DescMessage): string {
  const { package: name } = file.proto;
  return `${name.replaceAll(".", "")}.${typeName.slice(name.length + 1).replaceAll(".", "_")}`;
}
