import { gzipSync } from "node:zlib";
import { create, toBinary } from "@bufbuild/protobuf";
import { base64Encode } from "@bufbuild/protobuf/wire";
import { describe, expect, it } from "vitest";
import { CreateTeamAccountRequestSchema } from "../../../../gen/mgmt/v1alpha1/user_account_pb.js";
import type { Exchange } from "./exchange.js";
import { CallRecorder } from "./record-call.js";

const json = { "content-type": "application/json" };
const bytes = (text: string) => new TextEncoder().encode(text);

/** Records a call that creates a team. Its parts can be replaced. */
function record(parts: Partial<Exchange>) {
  return new CallRecorder().record({
    time: 0,
    httpMethod: "POST",
    path: "/mgmt.v1alpha1.UserAccountService/CreateTeamAccount",
    query: new URLSearchParams(),
    requestHeaders: json,
    requestBody: bytes('{"name":"acme"}'),
    status: 200,
    responseHeaders: json,
    responseBody: bytes("{}"),
    ...parts,
  });
}

describe("a recorded request", () => {
  const message = toBinary(
    CreateTeamAccountRequestSchema,
    create(CreateTeamAccountRequestSchema, { name: "acme" }),
  );
  const get = (query: Record<string, string>): Partial<Exchange> => ({
    httpMethod: "GET",
    query: new URLSearchParams(query),
    requestHeaders: {},
    requestBody: new Uint8Array(),
  });

  it.each<[string, Partial<Exchange>]>([
    ["JSON", {}],
    ["protobuf", { requestHeaders: { "content-type": "application/proto" }, requestBody: message }],
    [
      "gzip",
      {
        requestHeaders: { ...json, "content-encoding": "gzip" },
        requestBody: gzipSync('{"name":"acme"}'),
      },
    ],
    ["JSON in a GET", get({ encoding: "json", message: '{"name":"acme"}' })],
    ["protobuf in a GET", get({ encoding: "proto", base64: "1", message: base64Encode(message) })],
    [
      "gzip in a GET",
      get({
        encoding: "json",
        base64: "1",
        compression: "gzip",
        message: base64Encode(gzipSync('{"name":"acme"}')),
      }),
    ],
  ])("is the same from %s", (_format, parts) => {
    expect(record(parts)).toMatchObject({ request: { name: "<name:1>" } });
    expect(record(parts)).not.toHaveProperty("unrecorded");
  });
});

describe("a recording names what it leaves out", () => {
  it.each<[string, Partial<Exchange>]>([
    ["the request", { requestBody: bytes("acme") }],
    ["fields of the request", { requestBody: bytes('{"name":"acme","other":1}') }],
    ["the response", { responseBody: bytes("") }],
    ["the response", { responseHeaders: { "content-type": "text/html" }, responseBody: bytes("") }],
    ["the response", { status: 302, responseBody: bytes("{}") }],
    ["fields of the response", { responseBody: bytes('{"other":1}') }],
    [
      "details of the error",
      { status: 404, responseBody: bytes('{"code":"not_found","details":[{"type":"other","value":""}]}') },
    ],
    ["the method", { path: "/mgmt.v1alpha1.UserAccountService/GetOther" }],
    ["the form of the credentials", { requestHeaders: { ...json, authorization: "Basic c2VjcmV0" } }],
  ])("%s: %o", (part, parts) => {
    expect(record(parts)?.unrecorded).toContain(part);
  });
});
