import { constants } from "node:http2";
import { type ConnectRouter, createConnectRouter } from "@connectrpc/connect";
import {
  compressionBrotli,
  compressionGzip,
  universalRequestFromNodeRequest,
  universalResponseToNodeResponse,
} from "@connectrpc/connect-node";
import type { Door } from "../engine/doors.js";
import { isConnectionLost, through } from "../engine/passage.js";
import type { Answer } from "./answer.js";

type NodeRequest = Parameters<Answer>[0];
type NodeResponse = Parameters<Answer>[1];

/** Answers requests with services, as connect-node's adapter does; but connections that a fault breaks do break. */
export function createAdapter(door: Door, routes: (router: ConnectRouter) => void): Answer {
  const router = createConnectRouter({ acceptCompression: [compressionGzip, compressionBrotli] });
  routes(router);
  const handlers = new Map(router.handlers.map((handler) => [handler.requestPath, through(door, handler)]));

  async function answer(request: NodeRequest, response: NodeResponse): Promise<void> {
    const handler = handlers.get(request.url?.split("?", 1)[0] ?? "");
    if (handler === undefined) {
      response.writeHead(404);
      response.end();
      return;
    }
    const sent = universalRequestFromNodeRequest(request, response, undefined, undefined);
    await universalResponseToNodeResponse(await handler(sent), response);
  }

  return (request, response) => {
    answer(request, response).catch((reason: unknown) => {
      const isBroken =
        isConnectionLost(reason) || (reason instanceof Error && isConnectionLost(reason.cause));
      if (isBroken) disconnect(request, response);
      else giveUp(response);
    });
  };
}

/** Breaks the connection: under HTTP/2 that of all calls that share it. */
function disconnect(request: NodeRequest, { headersSent }: NodeResponse): void {
  // What was written has to leave first.
  if (headersSent) setImmediate(() => close(request));
  else close(request);

  function close(request: NodeRequest): void {
    if ("stream" in request) request.stream.session?.destroy();
    else if (headersSent) request.socket.destroy();
    else request.socket.resetAndDestroy();
  }
}

/** The other side is gone, or sent what is no request: nobody waits for an answer any more. */
function giveUp(response: NodeResponse): void {
  if ("stream" in response) response.stream.close(constants.NGHTTP2_INTERNAL_ERROR);
  else response.destroy();
}
