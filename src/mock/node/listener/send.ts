import { Code, ConnectError } from "@connectrpc/connect";
import { codeNameOf } from "../../engine/errors.js";
import { grpcMessage } from "../../engine/http/grpc.js";
import { notFound } from "../../engine/http/plain-responses.js";
import type { NodeRequest, NodeResponse } from "./node-http.js";

const statuses: Readonly<Partial<Record<Code, number>>> = {
  [Code.InvalidArgument]: 400,
  [Code.FailedPrecondition]: 400,
  [Code.NotFound]: 404,
  [Code.AlreadyExists]: 409,
};

/** Sends JSON, with a line break for people who use curl. */
export function sendJson(response: NodeResponse, status: number, json: object): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(`${JSON.stringify(json)}\n`);
}

/** Sends the response of a Go server to a request for an unknown path. */
export function sendNotFound(response: NodeResponse): void {
  response.writeHead(notFound.status, notFound.header);
  response.end(notFound.body);
}

/** Sends plain text. */
export function sendText(response: NodeResponse, status: number, text: string): void {
  response.writeHead(status, {
    "content-type": "text/plain; charset=utf-8",
    "x-content-type-options": "nosniff",
  });
  response.end(text);
}

/** Sends an error in the format of the caller's protocol: Connect's JSON, or gRPC's headers. */
export function sendError(request: NodeRequest, response: NodeResponse, reason: unknown): void {
  const { code, rawMessage } = ConnectError.from(reason, Code.Internal);
  const type = request.headers["content-type"] ?? "";
  if (type.startsWith("application/grpc")) {
    // Not `writeHead`: with it, the end of the response would be a second frame, and @grpc/grpc-js finds no status.
    response.setHeader("content-type", type);
    response.setHeader("grpc-status", `${code}`);
    response.setHeader("grpc-message", grpcMessage(rawMessage));
    response.end();
    return;
  }
  sendJson(response, statuses[code] ?? 500, { code: codeNameOf(code), message: rawMessage });
}
