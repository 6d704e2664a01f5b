import { vi } from "vitest";

/**
 * Replaces `setTimeout` as Jest's jsdom environment does: it returns a number. Node's own code, such as that of `fetch`, still gets an
 * object, which it needs. The setup file undoes it after the test.
 */
export function useJsdomTimers(): void {
  const { setTimeout } = globalThis;
  vi.stubGlobal("setTimeout", (run: () => void, delayMs?: number) => {
    const timer = setTimeout(run, delayMs);
    const [, , caller = ""] = new Error().stack?.split("\n") ?? [];
    return caller.includes("node:internal") ? timer : Number(timer);
  });
}
