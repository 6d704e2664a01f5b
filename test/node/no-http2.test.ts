import { createServer } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { NetworkError } from "tenantry";
import { VydonClient } from "tenantry/vydon";
import { expect, it } from "vitest";
import { failureOf } from "../support/promises.js";
import { cert, key } from "../support/tls.js";
import { listening, openTransport } from "./support/until-test-ends.js";

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
    const { host } = await listening(servers[scheme]());
    const transport = openTransport({ baseUrl: `${scheme}://${host}`, protocol, tls: { ca: cert } });
    const error = await failureOf(new VydonClient({ transport, retry: false }).users.current());
    expect(error).toBeInstanceOf(NetworkError);
    expect(String(error)).toContain('the server may not support HTTP/2, so try `httpVersion: "1.1"`');
  },
);
