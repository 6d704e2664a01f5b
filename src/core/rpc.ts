import type { DescService } from "@bufbuild/protobuf";
import { type AnyClient, type Client, makeAnyClient, type Transport } from "@connectrpc/connect";

/**
 * Connect's client for a service, without its streaming half: the three APIs
 * have unary methods only, and a browser need not load what they don't use.
 */
export function createRpc<Service extends DescService>(
  service: Service,
  transport: Transport,
): Client<Service>;
export function createRpc(service: DescService, transport: Transport): AnyClient {
  return makeAnyClient(service, (method) =>
    method.methodKind === "unary"
      ? async (input, options) => {
          const { signal, timeoutMs, headers, contextValues, onHeader, onTrailer } = options ?? {};
          const response = await transport.unary(method, signal, timeoutMs, headers, input, contextValues);
          onHeader?.(response.header);
          onTrailer?.(response.trailer);
          return response.message;
        }
      : null,
  );
}
