import { create, toJsonString } from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel } from "@bufbuild/protobuf/wkt";
import type { Transport } from "@connectrpc/connect";

/**
 * The longest request in JSON, encoded for a URL. The URL is then at most 4096 characters long, in the binary format too,
 * whose base64 can be a third longer than JSON. A longer URL may not pass every proxy.
 */
const longestQuery = 2_900;

/**
 * Returns a transport that sends short reads by `get` and all other requests by `post`. Connect's transports send a
 * read of any length as HTTP GET, even if no proxy accepts it.
 */
export function shortReadsBy(get: Transport, post: Transport): Transport {
  return {
    unary(method, signal, timeoutMs, header, input) {
      const isShort =
        method.idempotency === MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS &&
        encodeURIComponent(toJsonString(method.input, create(method.input, input))).length <= longestQuery;
      return (isShort ? get : post).unary(method, signal, timeoutMs, header, input);
    },
    stream: post.stream.bind(post),
  };
}
