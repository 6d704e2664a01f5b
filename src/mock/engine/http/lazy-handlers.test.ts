import type { ConnectRouter } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { Health } from "../../../../gen/grpc/health/v1/health_pb.js";
import { lazyHandlers } from "./lazy-handlers.js";

const path = "/grpc.health.v1.Health/Check";

describe("lazy handlers", () => {
  it("are made once, at the first request", () => {
    const made: string[] = [];
    let routed = 0;
    const handlerOf = lazyHandlers(
      (router) => {
        routed++;
        router.service(Health, { check: () => ({}) });
      },
      {},
      (handler) => made.push(handler.requestPath),
    );
    expect([routed, made]).toEqual([0, []]);
    expect(handlerOf("/nothing/Here")).toBeUndefined();
    expect([handlerOf(path), handlerOf(path)]).toEqual([1, 1]);
    expect([routed, made]).toEqual([1, [path]]);
  });

  it("are listed without being made again", () => {
    let router: ConnectRouter | undefined;
    const handlerOf = lazyHandlers(
      (given) => {
        router = given.service(Health, { check: () => ({}) });
      },
      {},
      (handler) => handler,
    );
    handlerOf(path);
    const first = router?.handlers;
    expect(first?.length).toBe(Health.methods.length);
    expect(router?.handlers).toBe(first);
  });
});
