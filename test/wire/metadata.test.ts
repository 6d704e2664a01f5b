import { FamClient, type List, NotFoundError, OnaClient, VydonClient } from "tenantry";
import { describe, expect, it } from "vitest";
import { respond } from "../support/raw-server.js";
import { ada, json, serve } from "./serve.js";

describe("a list's first page", () => {
  const numbers = '{"totalResults":2,"perPage":1,"page":1,"members":[]}';
  const empty: [name: string, body: string, list: (baseUrl: string) => List<unknown>][] = [
    ["of one page", "{}", (baseUrl) => new VydonClient({ baseUrl }).members.list("acme")],
    ["by token", "{}", (baseUrl) => new OnaClient({ baseUrl }).members.list("acme")],
    ["by number", numbers, (baseUrl) => new FamClient({ baseUrl }).members.search("acme")],
  ];

  it.each(empty)("comes with its response, and is fetched once: a list %s", async (_name, body, list) => {
    const { server } = await serve(respond(200, [...json, "x-request-id: r-1"], body));
    await using _closing = server;
    const members = list(server.baseUrl);
    const { data, headers, ...rest } = await members.withResponse();
    expect(rest).toEqual({ status: 200, requestId: "r-1", attempts: 1 });
    expect(headers.get("x-request-id")).toBe("r-1");
    expect(await members).toBe(data);
    expect(server.requests).toHaveLength(1);
  });

  it("fails as the list does, and says that a list of nothing has no response", async () => {
    const { server, client } = await serve(respond(500, json, '{"code":"not_found"}'));
    await using _closing = server;
    await expect(client.members.list("acme").withResponse()).rejects.toBeInstanceOf(NotFoundError);
    const nothing = client.members.list("acme", { limit: 0 }).withResponse();
    await expect(nothing).rejects.toThrow("limit must be at least 1");
  });
});

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
