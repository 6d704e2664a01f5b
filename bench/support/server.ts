/**
 * A server in a process of its own, so that its cost is not counted. It sends its URL to its parent, and ends with it.
 *
 * `canned` responds from memory, over HTTP/1.1; `mock` is the mock server's listener, with a team of Vydon in it.
 */
import { createServer } from "node:http";
import { createMockServer } from "../../src/mock/index.js";
import { listen } from "../../src/mock/node/index.js";
import { answerTo } from "./canned.js";

const kinds = { canned, mock };
const kind = process.argv[2] === "mock" ? "mock" : "canned";
process.send?.(await kinds[kind]());
process.on("disconnect", () => process.exit());

async function canned(): Promise<{ url: string; token: string }> {
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      const { type, body } = answerTo(request.url ?? "", request.headers["content-type"] ?? "");
      response.writeHead(200, { "content-type": type, "content-length": body.length }).end(body);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return { url: `http://127.0.0.1:${address.port}`, token: "canned" };
}

async function mock(): Promise<{ url: string; token: string }> {
  const server = createMockServer();
  const { token } = server.vydon.signIn({ email: "ada@example.com" });
  const { url } = await listen(server);
  return { url, token };
}
