import { gzipSync } from "node:zlib";
import { UnexpectedResponseError } from "tenantry";
import { describe, expect, it } from "vitest";
import { type Answer, respond } from "../support/raw-server.js";
import { ada, failure, json, outcome } from "./serve.js";

describe("a response with status 200", () => {
  it.each([
    ["an HTML page", ["content-type: text/html"]],
    ["no content type", []],
    ["the binary format", ["content-type: application/proto"]],
    ["a Connect stream", ["content-type: application/connect+json"]],
    ["gRPC", ["content-type: application/grpc"]],
    ["another kind of JSON", ["content-type: application/jsonl"]],
    ["an invalid content type", ["content-type: ;;;"]],
  ])("gives an UnexpectedResponseError if it has %s", async (_name, headers) => {
    const error = await failure(respond(200, [...headers, "x-request-id: req-1"], ada));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error).toMatchObject({ requestId: "req-1" });
    const type = headers[0]?.replace("content-type: ", "") ?? "without a type";
    expect(error.message).toContain(`${type}, not JSON, so it is not from this API. Check \`baseUrl\`.`);
  });

  it.each([
    "Content-Type: Application/JSON; x=1",
    "content-type: application/json ; charset=utf-8",
    "content-type: application/json, application/json",
  ])("can have parameters, upper case and repetition in its content type: %s", async (header) => {
    const body = '{"userId":"ada","laterField":{"x":1}}';
    expect(await outcome(respond(200, [header], body))).toEqual({ id: "ada" });
  });

  it.each(['{"userId":"ad', "", "null", "[]", '"ada"', '{"userId":7}', "{}", `${ada}${ada}`, "\u0000"])(
    "gives an UnexpectedResponseError if its body is %j",
    async (body) => {
      const error = await failure(respond(200, [...json, "x-request-id: req-1"], body));
      expect(error).toBeInstanceOf(UnexpectedResponseError);
      expect(error).toMatchObject({ code: "internal", attempts: 1, requestId: "req-1" });
    },
  );

  it.each(['\ufeff{"userId":"ada"}', ' \n{ "userId" :\t"ada" }\n ', '{"userId":"eve","userId":"ada"}'])(
    "is accepted if its body is %j",
    async (body) => {
      expect(await outcome(respond(200, json, body))).toEqual({ id: "ada" });
    },
  );

  it("gives an UnexpectedResponseError if it is larger than `maxResponseBytes`, also chunked or compressed", async () => {
    const large = JSON.stringify({ userId: "x".repeat(5_000) });
    const limit = { maxResponseBytes: 1_000 };
    const chunked: Answer = (socket) => {
      socket.write("HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n");
      socket.end(`${large.length.toString(16)}\r\n${large}\r\n0\r\n\r\n`);
    };
    const answers = [
      respond(200, json, large),
      chunked,
      respond(200, [...json, "content-encoding: gzip"], gzipSync(large)),
    ];
    for (const answer of answers) {
      const error = await failure(answer, limit);
      expect(error).toBeInstanceOf(UnexpectedResponseError);
      expect(error.message).toContain("larger than maxResponseBytes (1000 bytes)");
    }
    expect(await failure(respond(200, [...json, "x-request-id: req-1"], large), limit)).toMatchObject({
      requestId: "req-1",
      attempts: 1,
    });
  });
});
