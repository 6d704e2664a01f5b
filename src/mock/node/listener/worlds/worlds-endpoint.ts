import { type Check, object, optional, text } from "../../../engine/check-json.js";
import { failure } from "../../../engine/errors.js";
import { methodNotAllowed } from "../../../engine/http/plain-responses.js";
import { messageOf } from "../../../engine/message-of.js";
import { authorityOf, type NodeHandler, type NodeRequest, pathOf } from "../node-http.js";
import { sendError, sendJson } from "../send.js";
import type { ListenedWorlds } from "./listened-worlds.js";

const checkBody: Check<{ name?: string }> = object({ name: optional(text) });

/** The maximum size of a body, in bytes. */
const limit = 10_000;

/** Responds to `POST /worlds`, `GET /worlds` and `DELETE /worlds/NAME`. Its paths begin with `/worlds`. */
export function worldsEndpoint(worlds: ListenedWorlds): NodeHandler {
  return (request, response) => {
    const { method = "GET" } = request;
    const name = /^\/worlds\/(.*)$/s.exec(pathOf(request))?.[1];
    const origin = `http://${authorityOf(request)}`;

    async function respond(): Promise<void> {
      if (name === undefined && method === "POST") {
        const { name: asked } = await readBody(request);
        sendJson(response, 201, worlds.create(asked, origin));
      } else if (name === undefined && method === "GET") {
        sendJson(response, 200, { worlds: worlds.list(origin) });
      } else if (name !== undefined && method === "DELETE") {
        worlds.end(name);
        response.writeHead(204);
        response.end();
      } else {
        const { status, header } = methodNotAllowed(
          method,
          name === undefined ? ["GET", "POST"] : ["DELETE"],
        );
        response.writeHead(status, Object.fromEntries(header));
        response.end();
      }
    }
    respond().catch((reason) => sendError(request, response, reason));
  };
}

/** Reads the body. @throws ConnectError `invalid_argument` if it is too large, is not JSON, or has a field other than `name`. */
async function readBody(request: NodeRequest): Promise<{ name?: string }> {
  const chunks: Uint8Array[] = [];
  const parts: AsyncIterable<Uint8Array> = request;
  let size = 0;
  for await (const chunk of parts) {
    size += chunk.byteLength;
    // The rest is read too. Otherwise, the next request on the connection would wait forever.
    if (size <= limit) chunks.push(chunk);
  }
  if (size > limit) throw failure("invalid_argument", `the body has more than ${limit} bytes`);
  const body = Buffer.concat(chunks).toString();
  try {
    return checkBody(JSON.parse(body.trim() || "{}"), "body");
  } catch (error) {
    throw failure("invalid_argument", `send {"name": "checkout-7"}, or no body: ${messageOf(error)}`);
  }
}
