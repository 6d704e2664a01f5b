import type { Answer } from "./answer.js";

/**
 * Writes the text of a gRPC error as gRPC's own servers do: percent-encoded only where it must be. connect-node encodes
 * punctuation, too, which @grpc/grpc-js does not take back.
 */
export function withGrpcMessages(next: Answer): Answer {
  return (request, response) => {
    if (!/^application\/grpc(\+|$)/.test(request.headers["content-type"] ?? ""))
      return next(request, response);
    const addTrailers = response.addTrailers.bind(response);
    response.addTrailers = (trailers: Record<string, unknown>) => {
      const message = trailers["grpc-message"];
      addTrailers({ ...trailers, ...(typeof message === "string" && { "grpc-message": respell(message) }) });
    };
    next(request, response);
  };
}

function respell(message: string): string {
  return decodeURIComponent(message).replace(/[^ -$&-~]+/gu, (part) => encodeURIComponent(part));
}
