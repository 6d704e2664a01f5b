import { createSecureServer, type Http2ServerResponse } from "node:http2";
import { ApiError, NetworkError, VydonClient } from "tenantry";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { VirtualClock } from "../../src/mock/engine/time/virtual-clock.js";
import { listening } from "../node/support/until-test-ends.js";
import { failureOf } from "../support/promises.js";
import { cert, key } from "../support/tls.js";

const [undici] = (process.versions["undici"] ?? "").split(".");

// Node's fetch uses HTTP/2 with https since undici 8, which is part of Node 26.
describe.runIf(Number(undici) >= 8)("a call over fetch and HTTP/2", () => {
  // `fetch` has no option for a certificate of its own.
  beforeEach(() => vi.stubEnv("NODE_TLS_REJECT_UNAUTHORIZED", "0"));

  /** Starts a server that breaks the first responses in this way, and creates a client of it. */
  async function serve(failures: number, breakOff: (response: Http2ServerResponse) => void) {
    const versions: string[] = [];
    const server = createSecureServer({ key, cert }, (request, response) => {
      versions.push(request.httpVersion);
      if (versions.length <= failures) {
        breakOff(response);
        return;
      }
      response.writeHead(200, { "content-type": "application/json" });
      response.end('{"userId":"ada","accountId":"acme"}');
    });
    const baseUrl = `https://${(await listening(server)).host}`;
    const client = new VydonClient({ baseUrl, clock: new VirtualClock(0), retry: { initialDelayMs: 0 } });
    return { client, versions };
  }

  it("is a request over HTTP/2", async () => {
    const { client, versions } = await serve(0, () => {});
    expect(await client.users.current()).toEqual({ id: "ada" });
    expect(versions).toEqual(["2.0"]);
  });

  it("is sent again if the server refuses its stream, even if it is a write", async () => {
    const refusedStream = 7;
    const { client, versions } = await serve(1, ({ stream }) => stream.close(refusedStream));
    const { attempts } = await client.accounts.createTeam({ name: "acme" }).withResponse();
    expect(attempts).toBe(2);
    expect(versions).toEqual(["2.0", "2.0"]);
  });

  const ends: [string, (response: Http2ServerResponse) => void][] = [
    ["resets its stream", ({ stream }) => stream.close(2)],
    ["cancels its stream", ({ stream }) => stream.close(8)],
    ["ends its stream without a response", ({ stream }) => stream.close()],
    ["drops the connection", ({ stream }) => stream.session?.destroy()],
    ["drops the connection with an error", ({ stream }) => stream.session?.destroy(undefined, 2)],
  ];

  it.each(ends)("fails with a NetworkError if the server %s: a read is retried", async (_name, breakOff) => {
    const { client } = await serve(1, breakOff);
    expect(await client.users.current().withResponse()).toMatchObject({ attempts: 2 });
  });

  it.each(ends)(
    "fails with a NetworkError if the server %s: a write is not retried",
    async (_name, breakOff) => {
      const { client, versions } = await serve(1, breakOff);
      const error = await failureOf(client.accounts.createTeam({ name: "acme" }));
      expect(error).toBeInstanceOf(NetworkError);
      expect(error).toMatchObject({ attempts: 1 });
      expect(versions).toHaveLength(1);
    },
  );

  it("fails if the server resets its stream in the body", async () => {
    const { client } = await serve(4, ({ stream }) => {
      stream.respond({ "content-type": "application/json" });
      stream.write('{"userId"', () => stream.close(2));
    });
    // Node's fetch reports the reset, or only the end of the body.
    expect(await failureOf(client.users.current())).toBeInstanceOf(ApiError);
  });
});
