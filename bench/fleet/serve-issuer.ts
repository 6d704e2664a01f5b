import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Issuer } from "./issuer.js";

/** A server on a free port: `POST /token` of OAuth, and Vydon's `GetUser`, which asks for a good access token. */
export interface IssuerServer {
  readonly url: string;
  /** Of the next refresh, the answer is lost after the issuer has rotated the token. */
  loseNextAnswer(): void;
  close(): void;
}

export async function serveIssuer(issuer: Issuer): Promise<IssuerServer> {
  let losesAnswer = false;

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await textOf(request);
    if (request.url !== "/token") {
      const token = request.headers.authorization?.slice("Bearer ".length) ?? "";
      if (issuer.accepts(token)) return send(response, 200, { userId: "ada" });
      return send(response, 401, { code: "unauthenticated", message: "the token is not valid" });
    }
    const issued = issuer.refresh(new URLSearchParams(body).get("refresh_token") ?? "");
    if (losesAnswer) {
      losesAnswer = false;
      response.destroy();
      return;
    }
    if (!issued) return send(response, 400, { error: "invalid_grant" });
    send(response, 200, issued);
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy());
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return {
    url: `http://127.0.0.1:${address.port}`,
    loseNextAnswer() {
      losesAnswer = true;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
