/**
 * A server in its own process, so that its CPU time is not counted. It sends its URL and a token to its parent, and ends with it.
 *
 * `canned` sends fixed responses over HTTP/1.1. `mock` is the listener of a mock server with one Vydon user.
 */
import { createServer } from "node:http";
import { createMockServer } from "../../src/mock/index.js";
import { listen } from "../../src/mock/node/index.js";
import { cannedResponse } from "./canned.js";
import { listenLocally } from "./listen-locally.js";

const kinds = { canned, mock };
const kind = process.argv[2] === "mock" ? "mock" : "canned";
process.send?.(await kinds[kind]());
process.on("disconnect", () => process.exit());

async function canned(): Promise<{ url: string; token: string }> {
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      const { type, body } = cannedResponse(request.url ?? "", request.headers["content-type"] ?? "");
      response.writeHead(200, { "content-type": type, "content-length": body.length }).end(body);
    });
  });
  return { url: await listenLocally(server), token: "canned" };
}

async function mock(): Promise<{ url: string; token: string }> {
  const server = createMockServer();
  const { token } = server.vydon.signIn({ email: "ada@example.com" });
  const { url } = await listen(server);
  return { url, token };
}
