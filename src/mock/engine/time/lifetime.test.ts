import { createClient } from "@connectrpc/connect";
import { createGrpcWebTransport } from "@connectrpc/connect-web";
import { describe, expect, it, vi } from "vitest";
import { AuthService } from "../../../../gen/mgmt/v1alpha1/auth_pb.js";
import { internalsOf } from "../../internals.js";
import { createMockServer } from "../../server.js";
import { Lifetime } from "./lifetime.js";

describe("the signal of a call", () => {
  it("is the request's own if the server cannot be stopped", () => {
    const lifetime = new Lifetime();
    const { signal } = new AbortController();
    expect(lifetime.bound(signal)).toBe(signal);
    lifetime.stop();
    expect([lifetime.isOver, signal.aborted]).toEqual([true, false]);
  });

  it("aborts with the request's signal, also if that has aborted before", () => {
    const lifetime = new Lifetime();
    lifetime.allowStop();
    const request = new AbortController();
    const signal = lifetime.bound(request.signal);
    request.abort("the user has left");
    expect(signal.reason).toBe("the user has left");
    expect(lifetime.bound(request.signal).reason).toBe("the user has left");
  });

  it("aborts when the server stops", () => {
    const lifetime = new Lifetime();
    lifetime.allowStop();
    const signal = lifetime.bound(new AbortController().signal);
    lifetime.allowStop();
    lifetime.stop();
    expect(signal.aborted).toBe(true);
  });
});

it("a server that stops leaves no timer of a call's deadline behind, at any moment", async () => {
  for (let turns = 0; turns < 40; turns++) {
    const server = createMockServer();
    const lifetime = internalsOf(server)?.lifetime;
    lifetime?.allowStop();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      void createClient(
        AuthService,
        createGrpcWebTransport({ baseUrl: "http://localhost", fetch: server.fetch }),
      ).getAuthStatus({}, { headers: { "grpc-timeout": "600S" } });
      for (let turn = 0; turn < turns; turn++) await Promise.resolve();
      lifetime?.stop();
      await new Promise(setImmediate);
      expect([turns, vi.getTimerCount()]).toEqual([turns, 0]);
    } finally {
      vi.useRealTimers();
    }
  }
});
