import { describe, expect, it } from "vitest";
import { respond } from "../support/raw-server.js";
import { ada, failure, json, proto, serve } from "./serve.js";

describe("duplicate_metadata", () => {
  it("both values of a header, and of a trailer, arrive", async () => {
    const headers = [...proto, "x-a: 1", "x-a: 2", "trailer-x-b: 3", "Trailer-X-B: 4"];
    const { server, client } = await serve(respond(200, headers, ada));
    await using _closing = server;
    let header = new Headers();
    let trailer = new Headers();
    await client.rpc.getUser(
      {},
      {
        onHeader: (got) => {
          header = got;
        },
        onTrailer: (got) => {
          trailer = got;
        },
      },
    );
    expect(header.get("x-a")).toBe("1, 2");
    expect(trailer.get("x-b")).toBe("3, 4");
  });

  it("both values of a header are sent", async () => {
    const { server, client } = await serve(respond(200, proto, ada));
    await using _closing = server;
    await client.users.current({
      headers: [
        ["x-a", "1"],
        ["x-a", "2"],
      ],
    });
    expect(server.requests[0]?.header("x-a")).toBe("1, 2");
  });

  it("binary metadata arrives as it is", async () => {
    const error = await failure(
      respond(404, [...json, "x-raw-bin: AAEC/w", "x-raw-bin: /w"], '{"code":"not_found"}'),
    );
    expect(error.metadata.get("x-raw-bin")).toBe("AAEC/w, /w");
  });
});
