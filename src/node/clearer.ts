import { Code, ConnectError } from "@connectrpc/connect";
import { NetworkError, UnexpectedResponseError } from "../core/errors.js";

/**
 * connect-node tells some failures apart by their text alone; this rethrows them as what they are, so that a retry knows
 * whether the server may have acted. What it doesn't know goes on as it is.
 */
export function clearer(signal: AbortSignal | undefined): (reason: unknown) => never {
  return (reason) => {
    if (!(reason instanceof ConnectError) || reason.isWireError || signal?.aborted) throw reason;
    const { code, rawMessage, metadata } = reason;
    if (rawMessage === "HTTP 429") {
      const limited = new ConnectError(rawMessage, Code.ResourceExhausted, metadata);
      limited.isWireError = true;
      throw limited;
    }
    if (rawMessage.startsWith("http/2 stream closed")) throw new NetworkError(rawMessage, { cause: reason });
    if (code === Code.ResourceExhausted) {
      throw new UnexpectedResponseError("the answer is larger than maxResponseBytes", { cause: reason });
    }
    throw reason;
  };
}
