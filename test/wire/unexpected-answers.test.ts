import { gzipSync } from "node:zlib";
import { create, toBinary } from "@bufbuild/protobuf";
import { describe, expect, it } from "vitest";
import { GetUserResponseSchema } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { UnexpectedResponseError } from "../../src/index.js";
import { type Answer, respond } from "../support/raw-server.js";
import { ada, failure, json, outcome, proto } from "./serve.js";

describe("connect_client_unexpected", () => {
  it.each([
    ["a web page", ["content-type: text/html"]],
    ["no content type", []],
    ["the other codec", json],
    ["a stream of the codec", ["content-type: application/connect+proto"]],
    ["gRPC", ["content-type: application/grpc"]],
    ["a content type that is none", ["content-type: ;;;"]],
  ])("%s with status 200", async (_name, headers) => {
    const error = await failure(respond(200, headers, ada));
    expect(error).toBeInstanceOf(UnexpectedResponseError);
    expect(error.message).toContain("check that `baseUrl` is the API's");
  });

  it("parameters and capitals in the content type are fine", async () => {
    expect(await outcome(respond(200, ["Content-Type: Application/Proto; x=1"], ada))).toEqual({ id: "ada" });
    const body = '{"userId":"ada","laterField":{"x":1}}';
    const type = ["content-type: application/json; charset=utf-8"];
    expect(await outcome(respond(200, type, body), { format: "json" })).toEqual({ id: "ada" });
  });

  it.each([
    ["cut", ada.slice(0, -1)],
    ["garbage", new Uint8Array([255, 255, 255, 255])],
  ])("a message that is %s", async (_name, body) => {
    expect(await failure(respond(200, proto, body))).toBeInstanceOf(UnexpectedResponseError);
  });

  it.each(['{"userId":"ad', "", "null", "[]", '{"userId":7}'])("JSON: %j", async (body) => {
    expect(await failure(respond(200, json, body), { format: "json" })).toBeInstanceOf(
      UnexpectedResponseError,
    );
  });

  it("an answer larger than the client takes, announced or not, compressed or not", async () => {
    const large = toBinary(
      GetUserResponseSchema,
      create(GetUserResponseSchema, { userId: "x".repeat(5_000) }),
    );
    const limit = { maxResponseBytes: 1_000 };
    const chunked: Answer = (socket) => {
      socket.write(
        "HTTP/1.1 200 OK\r\ncontent-type: application/proto\r\ntransfer-encoding: chunked\r\n\r\n",
      );
      socket.end(
        Buffer.concat([Buffer.from(`${large.length.toString(16)}\r\n`), large, Buffer.from("\r\n0\r\n\r\n")]),
      );
    };
    const answers = [
      respond(200, proto, large),
      chunked,
      respond(200, [...proto, "content-encoding: gzip"], gzipSync(large)),
    ];
    for (const answer of answers) {
      const error = await failure(answer, limit);
      expect(error).toBeInstanceOf(UnexpectedResponseError);
      expect(error.message).toContain("larger than 1000 bytes");
    }
  });
});
