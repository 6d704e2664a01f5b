import { describe, expect, it } from "vitest";
import type { CallJson } from "../../../../../gen/tenantry/mock/v1/admin_pb.js";
import { type Attempts, callerOf, groupAttempts, outcomeOf } from "./attempts.js";

const start = Date.parse("2026-01-01T00:00:00Z");
let number = 0;

/** A call of Ada, some seconds after the start. */
function call(code: string, seconds: number, more: Partial<CallJson> = {}): CallJson {
  return {
    number: ++number,
    api: "vydon",
    method: "GetAccount",
    code,
    request: { accountId: "acme" },
    at: new Date(start + seconds * 1_000).toISOString(),
    duration: "0s",
    caller: { kind: "user", email: "ada@example.com" },
    ...more,
  };
}

const codes = (groups: Attempts[]) => groups.map((group) => group.map((each) => each.code));

describe("the attempts of one call", () => {
  it("have the same request, and end with the one that succeeds", () => {
    const groups = groupAttempts([
      call("unavailable", 0),
      call("unavailable", 1),
      call("ok", 2),
      call("ok", 2),
    ]);
    expect(codes(groups)).toEqual([["unavailable", "unavailable", "ok"], ["ok"]]);
    expect(groups.map(outcomeOf).map(({ code }) => code)).toEqual(["ok", "ok"]);
  });

  it("follow a wire fault, which breaks a successful response", () => {
    expect(codes(groupAttempts([call("ok", 0, { wire: "cut_json" }), call("ok", 1)]))).toEqual([
      ["ok", "ok"],
    ]);
  });

  it("end at an error that clients do not retry", () => {
    expect(codes(groupAttempts([call("permission_denied", 0), call("ok", 1)]))).toEqual([
      ["permission_denied"],
      ["ok"],
    ]);
  });

  it("have one method, one API, one request and one caller", () => {
    const others: Partial<CallJson>[] = [
      { method: "GetUser" },
      { api: "ona" },
      { request: { accountId: "bolts" } },
      { caller: { kind: "user", email: "grace@example.com" } },
    ];
    for (const other of others)
      expect(groupAttempts([call("unavailable", 0), call("ok", 1, other)])).toHaveLength(2);
  });

  it("may have a caller that only a later one has, because a fault hits before the token is checked", () => {
    const { caller: _, ...unknown } = call("unavailable", 0);
    const [group] = groupAttempts([unknown, call("ok", 1)]);
    expect(group && callerOf(group)).toBe("ada@example.com");
    expect(group).toHaveLength(2);
  });

  it("start within a minute after the end of the previous attempt", () => {
    expect(groupAttempts([call("unavailable", 0), call("ok", 60)])).toHaveLength(1);
    expect(groupAttempts([call("unavailable", 0), call("ok", 61)])).toHaveLength(2);
    expect(groupAttempts([call("unavailable", 0, { duration: "10s" }), call("ok", 61)])).toHaveLength(1);
  });

  it("may overlap with the attempts of other calls", () => {
    const grace = { caller: { kind: "user", email: "grace@example.com" } };
    const groups = groupAttempts([
      call("unavailable", 0),
      call("unavailable", 0, grace),
      call("ok", 1, grace),
      call("ok", 2),
    ]);
    expect(groups.map(callerOf)).toEqual(["ada@example.com", "grace@example.com"]);
    expect(codes(groups)).toEqual([
      ["unavailable", "ok"],
      ["unavailable", "ok"],
    ]);
  });
});
