import { describe, expect, it } from "vitest";
import { respond } from "../support/raw-server.js";
import { ada, json, serve } from "./serve.js";

describe("headers", () => {
  it("with the same name arrive with all their values, trailers under their prefix", async () => {
    const headers = [...json, "x-a: 1", "x-a: 2", "trailer-x-b: 3", "Trailer-X-B: 4"];
    const { server, client } = await serve(respond(200, headers, ada));
    await using _closing = server;
    const response = await client.users.current().withResponse();
    expect(response.headers.get("x-a")).toBe("1, 2");
    expect(response.headers.get("trailer-x-b")).toBe("3, 4");
  });

  it("with the same name are sent with all their values", async () => {
    const { server, client } = await serve(respond(200, json, ada));
    await using _closing = server;
    await client.users.current({
      headers: [
        ["x-a", "1"],
        ["x-a", "2"],
      ],
    });
    expect(server.requests[0]?.header("x-a")).toBe("1, 2");
  });

  it("with binary values arrive as they are", async () => {
    const headers = [...json, "x-raw-bin: AAEC/w", "x-raw-bin: /w"];
    const { server, client } = await serve(respond(200, headers, ada));
    await using _closing = server;
    const response = await client.users.current().withResponse();
    expect(response.headers.get("x-raw-bin")).toBe("AAEC/w, /w");
  });

  it("that the caller chooses cannot replace those of the protocol", async () => {
    const { server, client } = await serve(respond(200, json, ada));
    await using _closing = server;
    await client.users.current({
      headers: { "content-type": "text/plain", "connect-protocol-version": "2", "connect-timeout-ms": "1" },
    });
    const [request] = server.requests;
    expect(request?.header("content-type")).toBe("application/json");
    expect(request?.header("connect-protocol-version")).toBe("1");
    expect(request?.header("connect-timeout-ms")).toBe("60000");
  });
});
