import { FamClient, type List, NotFoundError, OnaClient, VydonClient } from "tenantry";
import { describe, expect, it } from "vitest";
import { respond } from "../support/raw-server.js";
import { ada, json, serve } from "./serve.js";

describe("List.withResponse()", () => {
  const numbers = '{"totalResults":2,"perPage":1,"page":1,"members":[]}';
  const empty: [name: string, body: string, list: (baseUrl: string) => List<unknown>][] = [
    ["without pages", "{}", (baseUrl) => new VydonClient({ baseUrl }).members.list("acme")],
    ["with page tokens", "{}", (baseUrl) => new OnaClient({ baseUrl }).members.list("acme")],
    ["with page numbers", numbers, (baseUrl) => new FamClient({ baseUrl }).members.search("acme")],
  ];

  it.each(empty)(
    "returns the first page and its response, and fetches the page once: a list %s",
    async (_name, body, list) => {
      const { server } = await serve(respond(200, [...json, "x-request-id: r-1"], body));
      const members = list(server.baseUrl);
      const { data, headers, ...rest } = await members.withResponse();
      expect(rest).toEqual({ status: 200, requestId: "r-1", attempts: 1 });
      expect(headers.get("x-request-id")).toBe("r-1");
      expect(await members).toBe(data);
      expect(server.requests).toHaveLength(1);
    },
  );

  it("rejects with the list's error, and for `limit: 0` because there is no response", async () => {
    const { client } = await serve(respond(500, json, '{"code":"not_found"}'));
    await expect(client.members.list("acme").withResponse()).rejects.toBeInstanceOf(NotFoundError);
    const nothing = client.members.list("acme", { limit: 0 }).withResponse();
    await expect(nothing).rejects.toThrow("limit is 0, so there is no response");
  });
});

describe("the headers of a call", () => {
  it("have all their values if the response repeats them, and trailers have the prefix trailer-", async () => {
    const headers = [...json, "x-a: 1", "x-a: 2", "trailer-x-b: 3", "Trailer-X-B: 4"];
    const { client } = await serve(respond(200, headers, ada));
    const response = await client.users.current().withResponse();
    expect(response.headers.get("x-a")).toBe("1, 2");
    expect(response.headers.get("trailer-x-b")).toBe("3, 4");
  });

  it("are sent with all their values if the request repeats them", async () => {
    const { server, client } = await serve(respond(200, json, ada));
    await client.users.current({
      headers: [
        ["x-a", "1"],
        ["x-a", "2"],
      ],
    });
    expect(server.requests[0]?.header("x-a")).toBe("1, 2");
  });

  it("are added to those of the client, and `withOptions` replaces those of the client", async () => {
    const { server, client } = await serve(respond(200, json, ada));
    const first = client.withOptions({ headers: { "x-a": "1", "x-b": "1" } });
    await first.users.current({ headers: { "X-B": "2", "x-c": "2" } });
    await first.withOptions({ headers: { "x-d": "3" } }).users.current();
    const names = ["x-a", "x-b", "x-c", "x-d"];
    expect(server.requests.map(({ header }) => names.map(header))).toEqual([
      ["1", "2", "2", undefined],
      [undefined, undefined, undefined, "3"],
    ]);
  });

  it("are returned without decoding if they are binary", async () => {
    const headers = [...json, "x-raw-bin: AAEC/w", "x-raw-bin: /w"];
    const { client } = await serve(respond(200, headers, ada));
    const response = await client.users.current().withResponse();
    expect(response.headers.get("x-raw-bin")).toBe("AAEC/w, /w");
  });

  it("cannot replace the protocol's headers", async () => {
    const { server, client } = await serve(respond(200, json, ada));
    await client.users.current({
      headers: { "content-type": "text/plain", "connect-protocol-version": "2", "connect-timeout-ms": "1" },
    });
    const [request] = server.requests;
    expect(request?.header("content-type")).toBe("application/json");
    expect(request?.header("connect-protocol-version")).toBe("1");
    expect(request?.header("connect-timeout-ms")).toBe("60000");
  });
});
