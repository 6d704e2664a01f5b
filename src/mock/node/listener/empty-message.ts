import { emptyMessage } from "../../engine/http/empty-message.js";
import type { NodeHandler } from "./node-handler.js";

/** Adds an empty message to a POST without body and Content-Type, as older SDKs send it. */
export function withEmptyMessages(next: NodeHandler): NodeHandler {
  return (request, response) => {
    const { headers } = request;
    const empty = (headers["content-length"] ?? "0") === "0" && headers["transfer-encoding"] === undefined;
    if (request.method === "POST" && headers["content-type"] === undefined && empty) {
      headers["content-type"] = emptyMessage.contentType;
      request.unshift(Buffer.from(emptyMessage.body));
    }
    next(request, response);
  };
}
