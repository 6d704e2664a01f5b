import { create, fromBinary, toBinary } from "@bufbuild/protobuf";
import { type Any, AnySchema, anyPack } from "@bufbuild/protobuf/wkt";
import {
  Metadata,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServiceDefinition,
  type sendUnaryData,
  status,
} from "@grpc/grpc-js";
import { AlreadyExistsError, CanceledError, DeadlineExceededError, UnavailableError } from "tenantry";
import { type NodeTransport, nodeTransport } from "tenantry/node";
import { VydonClient } from "tenantry/vydon";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { ErrorInfoSchema, RetryInfoSchema } from "../../gen/google/rpc/error_details_pb.js";
import { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { VirtualClock } from "../../src/mock/engine/time/virtual-clock.js";
import { failureOf } from "../support/promises.js";

const { createTeamAccount: method } = UserAccountService.method;
type Call = ServerUnaryCall<string, string>;
type Answer = (call: Call, callback: sendUnaryData<string>) => void;

/** `CreateTeamAccount` as grpc-js has it: the name in, the new account's id out. */
const definition: ServiceDefinition = {
  createTeamAccount: {
    path: `/${UserAccountService.typeName}/${method.name}`,
    requestStream: false,
    responseStream: false,
    requestSerialize: (name: string) => Buffer.from(name),
    requestDeserialize: (bytes: Buffer) => fromBinary(method.input, bytes).name,
    responseSerialize: (accountId: string) =>
      Buffer.from(toBinary(method.output, create(method.output, { accountId }))),
    responseDeserialize: (bytes: Buffer) => fromBinary(method.output, bytes).accountId,
  },
};

/** `google.rpc.Status` as `grpc-status-details-bin` carries it, by hand: 1 is the code, 2 the message, 3 the details. */
function statusDetails(code: number, message: string, ...details: Any[]): Buffer {
  const field = (number: number, bytes: Uint8Array) => [(number << 3) | 2, bytes.length, ...bytes];
  return Buffer.from([
    ...[1 << 3, code],
    ...field(2, Buffer.from(message)),
    ...details.flatMap((detail) => field(3, toBinary(AnySchema, detail))),
  ]);
}

let server: Server;
let transport: NodeTransport;
let answer: Answer;

beforeEach(async () => {
  server = new Server();
  server.addService(definition, {
    createTeamAccount: (call: Call, callback: sendUnaryData<string>) => answer(call, callback),
  });
  const port = await new Promise<number>((resolve, reject) =>
    server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, bound) =>
      error ? reject(error) : resolve(bound),
    ),
  );
  transport = nodeTransport({ baseUrl: `http://127.0.0.1:${port}`, protocol: "grpc" });
});

afterEach(async () => {
  await transport.close();
  server.forceShutdown();
});

const open = () => new VydonClient({ transport, auth: "key-1" });

describe("a grpc-js server", () => {
  it("is called, and responds", async () => {
    answer = (call, callback) => callback(null, `id of ${call.request}`);
    expect(await open().accounts.createTeam({ name: "acme" })).toMatchObject({ accountId: "id of acme" });
  });

  it("receives the token and headers as metadata, and its own metadata arrives", async () => {
    let got: unknown[] = [];
    answer = (call, callback) => {
      got = [call.metadata.get("authorization"), call.metadata.get("x-team"), call.metadata.get("x-raw-bin")];
      const header = new Metadata();
      header.set("x-answer", "a");
      header.set("x-bytes-bin", Buffer.from([0, 255]));
      call.sendMetadata(header);
      const trailer = new Metadata();
      trailer.set("x-last", "z");
      callback(null, "id", trailer);
    };
    const { headers } = await open()
      .accounts.createTeam({ name: "acme" }, { headers: { "x-team": "blue", "x-raw-bin": "AP8" } })
      .withResponse();
    expect(got).toEqual([["Bearer key-1"], ["blue"], [Buffer.from([0, 255])]]);
    expect(["x-answer", "x-bytes-bin", "trailer-x-last"].map((name) => headers.get(name))).toEqual([
      "a",
      "AP8=",
      "z",
    ]);
  });

  it("returns errors with details", async () => {
    const metadata = new Metadata();
    metadata.set(
      "grpc-status-details-bin",
      statusDetails(
        status.ALREADY_EXISTS,
        "acme is taken",
        anyPack(ErrorInfoSchema, create(ErrorInfoSchema, { reason: "NAME_TAKEN" })),
        anyPack(RetryInfoSchema, create(RetryInfoSchema, { retryDelay: { seconds: 2n } })),
      ),
    );
    metadata.set("x-request-id", "req-7");
    answer = (_call, callback) =>
      callback({ code: status.ALREADY_EXISTS, details: "acme is taken", metadata });
    const error = await failureOf(open().accounts.createTeam({ name: "acme" }));
    expect(error).toBeInstanceOf(AlreadyExistsError);
    expect(error).toMatchObject({
      message: "CreateTeamAccount: acme is taken",
      reason: "NAME_TAKEN",
      retryAfterMs: 2_000,
      requestId: "req-7",
    });
  });

  it("fails with unavailable, and a write is not retried", async () => {
    let calls = 0;
    answer = (_call, callback) => {
      calls++;
      callback({ code: status.UNAVAILABLE, details: "restarting" });
    };
    expect(await failureOf(open().accounts.createTeam({ name: "acme" }))).toBeInstanceOf(UnavailableError);
    expect(calls).toBe(1);
  });

  it("receives the deadline, and notices when the call ends by it", async () => {
    const clock = new VirtualClock(0);
    let deadline = 0;
    let now = 0;
    let cancelled = () => {};
    const heard = new Promise<void>((resolve) => {
      cancelled = resolve;
    });
    answer = (call) => {
      [deadline, now] = [Number(call.getDeadline()), Date.now()];
      call.on("cancelled", cancelled);
      clock.advance("40s");
    };
    const client = new VydonClient({ transport, clock, timeoutMs: 40_000 });
    const before = Date.now();
    expect(await failureOf(client.accounts.createTeam({ name: "acme" }))).toBeInstanceOf(
      DeadlineExceededError,
    );
    expect(deadline - 40_000).toBeGreaterThanOrEqual(before);
    expect(deadline - 40_000).toBeLessThanOrEqual(now);
    await heard;
  });

  it("notices a canceled call", async () => {
    const controller = new AbortController();
    let cancelled = () => {};
    const heard = new Promise<void>((resolve) => {
      cancelled = resolve;
    });
    answer = (call) => {
      call.on("cancelled", cancelled);
      controller.abort();
    };
    const call = open().accounts.createTeam({ name: "acme" }, { signal: controller.signal });
    const error = await failureOf(call);
    expect(error).toBeInstanceOf(CanceledError);
    expect(error).toMatchObject({ code: "canceled", attempts: 1 });
    await heard;
  });

  it("that does not have the method fails with unimplemented", async () => {
    const error = await failureOf(open().users.current());
    expect(error).toMatchObject({
      code: "unimplemented",
      method: "mgmt.v1alpha1.UserAccountService/GetUser",
    });
  });
});
