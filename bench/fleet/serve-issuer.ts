import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { text } from "node:stream/consumers";
import { listenLocally } from "../support/listen-locally.js";
import type { Issuer } from "./issuer.js";

/** A server on a free port: OAuth's `POST /token`, and Vydon's `GetUser`, which requires a valid access token. */
export interface IssuerServer {
  readonly url: string;
  /** Loses the response to the next refresh, after the issuer has rotated the token. */
  loseNextResponse(): void;
  close(): void;
}

/** Serves an issuer over HTTP. */
export async function serveIssuer(issuer: Issuer): Promise<IssuerServer> {
  let losesResponse = false;

  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await text(request);
    if (request.url !== "/token") {
      const token = request.headers.authorization?.slice("Bearer ".length) ?? "";
      if (issuer.accepts(token)) return send(response, 200, { userId: "ada" });
      return send(response, 401, { code: "unauthenticated", message: "the token is not valid" });
    }
    const issued = issuer.refresh(new URLSearchParams(body).get("refresh_token") ?? "");
    if (losesResponse) {
      losesResponse = false;
      response.destroy();
      return;
    }
    if (!issued) return send(response, 400, { error: "invalid_grant" });
    send(response, 200, issued);
  }

  const server = createServer((request, response) => {
    respond(request, response).catch(() => response.destroy());
  });
  return {
    url: await listenLocally(server),
    loseNextResponse() {
      losesResponse = true;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
