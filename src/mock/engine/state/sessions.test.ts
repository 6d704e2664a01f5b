import { ConnectError } from "@connectrpc/connect";
import { describe, expect, it } from "vitest";
import { VirtualClock } from "../time/virtual-clock.js";
import { PastTokens } from "./past-tokens.js";
import { type SessionRow, Sessions } from "./sessions.js";
import { Table } from "./tables.js";

function sessions() {
  const clock = new VirtualClock();
  const open = new Sessions<string>(new Table<SessionRow<string>>({}), clock, new PastTokens());
  open.open("t1", "ada", clock.now() + 60_000);
  open.open("t2", "worker", null);
  return { clock, open, as: (value: string) => open.authenticate(new Headers({ authorization: value })) };
}

describe("sessions", () => {
  it("find the holder of a token", () => {
    const { as } = sessions();
    expect(as("Bearer t1")).toBe("ada");
    expect(as("bearer t2")).toBe("worker");
  });

  it.each(["", "t1", "Basic t1", "Bearer", "Bearer t1 t2"])("need a bearer token, not %j", (value) => {
    const { as } = sessions();
    expect(() => as(value)).toThrow(
      new ConnectError("must provide a bearer token in the authorization header", 16),
    );
  });

  it("accept only the tokens that were opened", () => {
    const { open, as } = sessions();
    expect(() => as("Bearer t3")).toThrow("[unauthenticated] token is not valid");
    open.revoke("t1");
    expect(() => as("Bearer t1")).toThrow("token is not valid");
  });

  it("expire by the clock", () => {
    const { clock, as } = sessions();
    clock.advance(59_999);
    expect(as("Bearer t1")).toBe("ada");
    clock.advance(1);
    expect(() => as("Bearer t1")).toThrow("[unauthenticated] token is expired");
    clock.advance("52w");
    expect(as("Bearer t2")).toBe("worker");
  });

  it("can be made to expire", () => {
    const { open, as } = sessions();
    open.expire("t2");
    expect(() => as("Bearer t2")).toThrow("[unauthenticated] token is expired");
    open.expire("unknown");
    expect(() => as("Bearer unknown")).toThrow("token is not valid");
  });
});

describe("the tokens of worlds that have ended", () => {
  it("are explained, but only the last 10,000", () => {
    const past = new PastTokens();
    const tokens = Array.from({ length: 10_001 }, (_, index) => `t${index}`);
    past.addOfWorld(tokens, "blue");
    expect(past.explain("t10000")).toContain('of the world "blue", which has ended');
    expect([past.has("t0"), past.has("t1")]).toEqual([false, true]);
  });
});
