import Gitpod from "@gitpod/sdk";
import { createMockServer, type MockServer } from "tenantry/mock";
import { type Listener, listen } from "tenantry/mock/node";
import { afterEach, beforeEach } from "vitest";

/** A lenient mock server on a port for each test, and the vendor's own SDK. */
export interface LenientOna {
  readonly server: MockServer;
  sdk(bearerToken: string): Gitpod;
}

/** Opens a new server before each test, and closes it after it. */
export function openLenientOna(): LenientOna {
  let current: { server: MockServer; listener: Listener } | undefined;
  const now = () => {
    if (current === undefined) throw new Error("the server exists only while a test runs");
    return current;
  };
  beforeEach(async () => {
    const server = createMockServer({ lenient: true });
    current = { server, listener: await listen(server) };
  });
  afterEach(() => now().listener.close());
  return {
    get server() {
      return now().server;
    },
    sdk: (bearerToken) => new Gitpod({ baseURL: now().listener.url, bearerToken, maxRetries: 0 }),
  };
}
