import { describe, expect, it } from "vitest";
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
