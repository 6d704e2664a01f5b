import { request as httpRequest, type IncomingHttpHeaders } from "node:http";
import { request as httpsRequest } from "node:https";
import { maxHeaderBytes } from "../listener/limits.js";
import type { HeaderValues } from "./exchange.js";
import type { Target } from "./target.js";

/** A request for the real server. */
export interface ForwardedRequest {
  readonly method: string;
  /** The path below the base URL, with the query. */
  readonly path: string;
  readonly headers: HeaderValues;
  readonly body: Uint8Array | string;
  /** Ends the request if the client goes away. */
  readonly signal?: AbortSignal;
}

/** The real server's response. */
export interface ServerResponse {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/**
 * Sends a request to the real server, and waits for the whole response. It does not follow redirects.
 *
 * @throws Error if the server cannot be reached, the connection breaks, or the signal aborts.
 */
export function forward(
  { url, basePath }: Pick<Target, "url" | "basePath">,
  { path, body, ...rest }: ForwardedRequest,
): Promise<ServerResponse> {
  const send = url.protocol === "https:" ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const { hostname, port } = url;
    const options = {
      hostname: hostname.replace(/^\[|\]$/g, ""),
      port,
      maxHeaderSize: maxHeaderBytes,
      ...rest,
    };
    const sent = send({ ...options, path: basePath + path }, (response) => {
      const parts: Buffer[] = [];
      response.on("data", (part: Buffer) => parts.push(part));
      // A connection that breaks in the middle of a body ends here, not in "end".
      response.on("error", reject);
      response.on("end", () => {
        resolve({
          status: response.statusCode ?? 502,
          headers: response.headers,
          body: Buffer.concat(parts),
        });
      });
    });
    sent.on("error", reject);
    // Node closes a connection that the server wants to use for another protocol, without an error.
    sent.on("close", () => reject(new Error("the connection was closed")));
    sent.end(rest.method === "GET" ? undefined : body);
  });
}
