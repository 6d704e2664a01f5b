import { once } from "node:events";
import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { expect, it } from "vitest";
import { NetworkError } from "../../src/core/errors/errors.js";
import { nodeTransport } from "../../src/node/index.js";
import { VydonClient } from "../../src/vydon/index.js";
import { cert, key } from "../connect/tls.js";
import { failureOf } from "../support/scripted.js";

const servers = {
  http: () => createServer((_request, response) => response.end()),
  https: () => createTlsServer({ key, cert }, (_request, response) => response.end()),
};

it.each([
  ["connect", "http"],
  ["connect", "https"],
  ["grpc", "http"],
  ["grpc", "https"],
  ["grpc-web", "http"],
  ["grpc-web", "https"],
] as const)(
  "%s over HTTP/2 to an %s server without HTTP/2: the error names the option to set",
  async (protocol, scheme) => {
    const server = servers[scheme]();
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    const address = server.address();
    const port = typeof address === "object" ? address?.port : undefined;
    const transport = nodeTransport({
      baseUrl: `${scheme}://127.0.0.1:${port}`,
      protocol,
      tls: { ca: cert },
    });
    const error = await failureOf(new VydonClient({ transport, retry: false }).users.current());
    expect(error).toBeInstanceOf(NetworkError);
    expect(String(error)).toContain('the server may not support HTTP/2, so try `httpVersion: "1.1"`');
    await transport.close();
    server.closeAllConnections();
    server.close();
  },
);
