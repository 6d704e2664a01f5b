import { create, toJsonString } from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel } from "@bufbuild/protobuf/wkt";
import type { Transport } from "@connectrpc/connect";

/** A longer request may not fit a URL that passes every proxy: such a read goes as POST. */
const longestQuery = 3_500;

/**
 * Returns a transport that sends short reads by `get` and everything else by `post`. Connect's transports send a read of any
 * length as HTTP GET, also one that no proxy lets through.
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
