import { create, toJsonString } from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel } from "@bufbuild/protobuf/wkt";
import type { Transport } from "@connectrpc/connect";

/** With a longer request, the URL may not pass every proxy. Such a read is sent as POST. */
const longestQuery = 3_500;

/**
 * Returns a transport that sends short reads by `get` and all other requests by `post`. Connect's transports send a
 * read of any length as HTTP GET, even if no proxy accepts it.
 */
export function shortReadsBy(get: Transport, post: Transport): Transport {
  return {
    unary(method, signal, timeoutMs, header, input, contextValues) {
      const isShort =
        method.idempotency === MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS &&
        // Of the two formats, JSON is the longer one.
        encodeURIComponent(toJsonString(method.input, create(method.input, input))).length <= longestQuery;
      return (isShort ? get : post).unary(method, signal, timeoutMs, header, input, contextValues);
    },
    stream: post.stream.bind(post),
  };
}
