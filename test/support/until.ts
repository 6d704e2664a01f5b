import { vi } from "vitest";

/** Waits until a condition is true, for as long as a test may take: a busy machine needs more than vitest's one second. */
export async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  await vi.waitUntil(condition, { interval: 1, timeout: 100_000 });
}
