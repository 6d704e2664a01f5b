import type { Clock } from "tenantry";
import { VirtualClock } from "../../src/mock/engine/time/virtual-clock.js";

/** A virtual clock with a wall time that can be set alone, as on a computer whose clock somebody sets. */
export class ShiftedClock implements Clock {
  /** The monotonic time. */
  readonly inner: VirtualClock;
  /** The wall time minus the monotonic time, in milliseconds. */
  shiftMs = 0;

  constructor(startMs = 0) {
    this.inner = new VirtualClock(startMs);
  }

  now(): number {
    return this.inner.now() + this.shiftMs;
  }

  monotonic(): number {
    return this.inner.now();
  }

  setTimeout(callback: () => void, ms: number): () => void {
    return this.inner.setTimeout(callback, ms);
  }

  sleep(ms: number, signal?: AbortSignal): Promise<void> {
    return this.inner.sleep(ms, signal);
  }
}
