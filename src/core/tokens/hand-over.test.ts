import { inspect } from "node:util";
import { describe, expect, it, vi } from "vitest";
import { failureOf, settled } from "../../../test/support/promises.js";
import { VirtualClock } from "../../mock/engine/time/virtual-clock.js";
import { CanceledError, DeadlineExceededError } from "../errors/errors.js";
import { handOver } from "./hand-over.js";

const tokens = { accessToken: "acc3ss-t0ken", refreshToken: "r3fresh-t0ken" };
const clock = new VirtualClock();

describe("handOver", () => {
  it("passes the tokens to a source that accepts them", async () => {
    const accept = vi.fn(async () => {});
    await handOver(tokens, { token: async () => "", accept }, { clock });
    expect(accept).toHaveBeenCalledExactlyOnceWith(tokens);
    await handOver(tokens, { token: async () => "" }, { clock });
    await handOver(tokens, undefined, { clock });
  });

  it("does not lose them if the source throws, and no log shows them", async () => {
    const source = {
      token: async () => "",
      accept: () => Promise.reject(new TypeError("no storage for acc3ss-t0ken")),
    };
    const error = await failureOf(handOver(tokens, source, { clock }));
    expect(error).toMatchObject({ name: "ApiError", code: "internal", partial: tokens });
    expect(error).toMatchObject({ cause: { name: "TypeError", message: "no storage for [secret]" } });
    expect(String(error)).toContain("`auth` did not accept them: no storage for [secret]");
    expect(inspect(error, { depth: 9, showHidden: true }) + JSON.stringify(error)).not.toContain("t0ken");
  });

  it("keeps the call's time and signal", async () => {
    const source = { token: async () => "", accept: () => new Promise<void>(() => {}) };
    const late = failureOf(handOver(tokens, source, { clock, timeoutMs: 1_000 }));
    await settled();
    clock.advance(1_000);
    expect(await late).toBeInstanceOf(DeadlineExceededError);
    expect(await late).toMatchObject({ partial: tokens, cause: { name: "TimeoutError" } });

    const controller = new AbortController();
    const left = failureOf(handOver(tokens, source, { clock, signal: controller.signal }));
    controller.abort("left");
    expect(await left).toBeInstanceOf(CanceledError);
    expect(await left).toMatchObject({ partial: tokens, cause: "left" });
  });
});
