import { createContextKey, createContextValues } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { type Call, callOf, retryOptionsOf, withCall } from "./call.js";
import { toConnect } from "./options.js";
import type { ListOptions } from "./page.js";

const tenant = createContextKey("nobody");
const trace = createContextKey<string | undefined>(undefined);

function callTo(method: string): Call {
  return {
    info: { service: "s", method, baseUrl: undefined, startedAt: 0 },
    deadline: 0,
    attempts: 0,
    authenticated: false,
  };
}

describe("call options, as Connect takes them", () => {
  it("are the same, without what was left out", () => {
    const { signal } = new AbortController();
    const contextValues = createContextValues();
    const options = { signal, timeoutMs: 100, headers: { "x-a": "b" }, contextValues };
    expect(toConnect(options)).toEqual(options);
    expect(toConnect(options)?.contextValues).toBe(contextValues);
    expect(toConnect({ signal: undefined, headers: undefined })).toEqual({});
    expect(toConnect(undefined)).toBeUndefined();
  });

  it("keep a timeout of 0, which means no limit", () => {
    expect(toConnect({ timeoutMs: 0 })).toEqual({ timeoutMs: 0 });
  });

  it("carry `retry` to the retry layer", () => {
    expect(retryOptionsOf(toConnect({ retry: false })?.contextValues)).toBe(false);
    expect(retryOptionsOf(toConnect({ retry: { maxAttempts: 2 } })?.contextValues)).toEqual({
      maxAttempts: 2,
    });
    expect(retryOptionsOf(toConnect({})?.contextValues)).toBeUndefined();
  });

  it("leave out what only a list knows", () => {
    const listOptions: ListOptions = { limit: 5, cursor: "0:", pageSize: 10, prefetch: true };
    expect(toConnect(listOptions)).toEqual({});
  });
});

describe("the caller's context values", () => {
  it("can be seen below", () => {
    const contextValues = createContextValues().set(tenant, "acme");
    const values = toConnect({ contextValues, retry: false })?.contextValues;
    expect(values?.get(tenant)).toBe("acme");
    expect(values?.get(trace)).toBeUndefined();
  });

  it("are seen as they are when they are looked at", () => {
    const contextValues = createContextValues();
    const values = toConnect({ contextValues, retry: false })?.contextValues;
    contextValues.set(tenant, "acme");
    expect(values?.get(tenant)).toBe("acme");
  });

  it("are never written to", () => {
    const contextValues = createContextValues().set(tenant, "acme");
    const values = toConnect({ contextValues, retry: false })?.contextValues;
    values?.set(tenant, "other").set(trace, "t-1");
    expect(values?.get(tenant)).toBe("other");
    values?.delete(tenant);

    expect(values?.get(tenant)).toBe("nobody");
    expect(values?.get(trace)).toBe("t-1");
    expect(contextValues.get(tenant)).toBe("acme");
    expect(contextValues.get(trace)).toBeUndefined();
    expect(retryOptionsOf(contextValues)).toBeUndefined();
  });

  it("serve two calls at once, which don't see each other", () => {
    const contextValues = createContextValues().set(tenant, "acme");
    const [one, other] = [callTo("One"), callTo("Other")];
    const ofOne = withCall(contextValues, one);
    const ofOther = withCall(contextValues, other);
    expect(callOf(ofOne)).toBe(one);
    expect(callOf(ofOther)).toBe(other);
    expect(callOf(contextValues)).toBeUndefined();
    expect(ofOne.get(tenant)).toBe("acme");
  });

  it("need not be there", () => {
    const call = callTo("One");
    expect(callOf(withCall(undefined, call))).toBe(call);
    expect(callOf(undefined)).toBeUndefined();
  });
});
