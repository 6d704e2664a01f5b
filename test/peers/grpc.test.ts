import { Client, credentials, Metadata, type ServiceError, status } from "@grpc/grpc-js";
import { createMockServer, type MockServer } from "tenantry/mock";
import { type Listener, listen } from "tenantry/mock/node";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

const path = "/mgmt.v1alpha1.UserAccountService/GetUser";

describe("@grpc/grpc-js", () => {
  let server: MockServer;
  let listener: Listener;
  let client: Client;

  beforeEach(async () => {
    server = createMockServer();
    listener = await listen(server);
    client = new Client(new URL(listener.url).host, credentials.createInsecure());
  });
  afterEach(async () => {
    client.close();
    await listener.close();
  });

  /** Starts a call with an empty message. `error` resolves to the call's error. */
  function begin(rpc = path) {
    const raw = (bytes: Buffer) => bytes;
    let end: (error: ServiceError | null) => void = () => {};
    const error = new Promise<ServiceError | null>((resolve) => {
      end = resolve;
    });
    const call = client.makeUnaryRequest(rpc, raw, raw, Buffer.alloc(0), new Metadata(), (reason) =>
      end(reason),
    );
    return { call, error };
  }

  it("receives an error's message unchanged", async () => {
    const message = "100% of Zoë's 3 accounts, ¥5: “gone”?\n{a,b} %41 🙂";
    server.faults.inject({ method: "GetUser", code: "data_loss", message });
    expect(await begin().error).toMatchObject({ code: status.DATA_LOSS, details: message });
  });

  it("receives response headers as metadata", async () => {
    server.faults.inject({ method: "GetUser", code: "resource_exhausted", retryAfter: "7s" });
    const error = await begin().error;
    expect(error?.code).toBe(status.RESOURCE_EXHAUSTED);
    expect(error?.metadata.get("retry-after")).toEqual(["7"]);
  });

  it("receives UNIMPLEMENTED for an unknown RPC", async () => {
    for (const rpc of ["/mgmt.v1alpha1.UserAccountService/GetNothing", "/acme.v1.Service/Get"]) {
      expect(await begin(rpc).error).toMatchObject({ code: status.UNIMPLEMENTED });
    }
  });

  it("receives NOT_FOUND with a readable text for a world that does not exist", async () => {
    expect(await begin(`/w/gone${path}`).error).toMatchObject({
      code: status.NOT_FOUND,
      details: expect.stringContaining('there is no world "gone". It may have ended: a world ends'),
    });
  });

  it("cancels a call, also on the server", async () => {
    server.clock.run();
    server.faults.inject({ method: "GetUser", latencyMs: 3_600_000 });
    const { call, error } = begin();
    while (server.calls.count === 0) await new Promise((resolve) => setImmediate(resolve));
    call.cancel();
    expect(await error).toMatchObject({ code: status.CANCELLED });
    // The server has canceled it, too.
    while (server.calls.all()[0]?.error === undefined) await new Promise((resolve) => setImmediate(resolve));
  });

  it("receives UNAVAILABLE after the server has closed", async () => {
    await begin().error;
    await listener.close();
    expect(await begin().error).toMatchObject({ code: status.UNAVAILABLE });
  });
});
