import { emptyMessage } from "../../engine/http/lenient.js";
import type { NodeHandler } from "./node-handler.js";

/** Takes a POST without a body and a Content-Type, as older SDKs send it, for one of an empty message. */
export function withMessages(next: NodeHandler): NodeHandler {
  return (request, response) => {
    const { headers } = request;
    const empty = (headers["content-length"] ?? "0") === "0" && headers["transfer-encoding"] === undefined;
    if (request.method === "POST" && headers["content-type"] === undefined && empty) {
      headers["content-type"] = emptyMessage.contentType;
      delete headers["content-length"];
      request.unshift(Buffer.from(emptyMessage.body));
    }
    next(request, response);
  };
}
