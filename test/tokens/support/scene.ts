import {
  type RefreshableTokenOptions,
  type RefreshRequest,
  refreshableToken,
  type Stored,
  type Tokens,
} from "tenantry";
import { CountingClock } from "../../support/counted.js";
import { plannedStore } from "./planned-store.js";

/** A store, a clock, and a token server that records which refresh tokens it was sent. */
export function scene() {
  const clock = new CountingClock();
  const planned = plannedStore();
  const sent: (string | undefined)[] = [];
  let saves = 0;
  const pair = (name: string, lifeMs = 3_600_000): Tokens => ({
    accessToken: `a-${name}`,
    refreshToken: `r-${name}`,
    expiresAt: clock.now() + lifeMs,
  });
  const refresh = async ({ refreshToken }: RefreshRequest) => {
    sent.push(refreshToken);
    return pair(`new-${sent.length}`);
  };
  return {
    ...planned,
    clock,
    sent,
    pair,
    refresh,
    source: (options: Partial<RefreshableTokenOptions> = {}) =>
      refreshableToken({ clock, store: planned.store, refresh, ...options }),
    /** Another process saves these tokens. */
    async save(next: Partial<Stored> & Pick<Stored, "tokens">) {
      const before = await planned.inner.load();
      const saved = { v: 1, revision: `by-another-${++saves}`, sessionId: "ada", ...next } as const;
      await planned.inner.save(saved, before?.revision);
      return saved;
    },
  };
}

/** Tokens that have expired, as they are stored. */
export const old = { accessToken: "a-old", refreshToken: "r-old", expiresAt: Date.UTC(2020, 0, 1) };
