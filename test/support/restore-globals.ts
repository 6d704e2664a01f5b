import { afterEach, vi } from "vitest";

// Vitest's own options restore only before the next test, so the first import of the next file would see what the last test
// of a file replaced.
afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
  vi.restoreAllMocks();
});
