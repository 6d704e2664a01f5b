import type { DescMessage } from "@bufbuild/protobuf";
import type { UniversalServerRequest } from "@connectrpc/connect/protocol";
import { readBody } from "../request-body.js";
import { checkReadable } from "../unreadable.js";

/** The bytes before a message: its flags, and its length in four bytes. */
const prefixBytes = 5;

/**
 * Reads the body of a gRPC call. If the message cannot be read, connect-es responds with `internal`, and connect-go with
 * `invalid_argument`. A compressed message is not checked.
 *
 * @throws ConnectError while the body is read. The handler that reads it responds with the error.
 */
export async function* readGrpcBody(
  request: UniversalServerRequest,
  input: DescMessage,
  isJson: boolean,
): AsyncGenerator<Uint8Array> {
  const bytes = await readBody(request);
  if (bytes.byteLength >= prefixBytes && bytes[0] === 0) {
    const end = prefixBytes + new DataView(bytes.buffer).getUint32(1);
    if (end <= bytes.byteLength) checkReadable(input, bytes.subarray(prefixBytes, end), isJson);
  }
  yield bytes;
}
