import type { Transport } from "@connectrpc/connect";

/**
 * A transport whose unary calls go through `unary`. The three APIs have no
 * streaming methods; one reached through `client.rpc` would go past the layer.
 */
export function unaryLayer(next: Transport, unary: Transport["unary"]): Transport {
  return { unary, stream: next.stream.bind(next) };
}
