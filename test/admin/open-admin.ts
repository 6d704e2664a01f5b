import { type Client, createClient } from "@connectrpc/connect";
import { createConnectTransport } from "@connectrpc/connect-node";
import { VydonClient } from "tenantry";
import { createMockServer, type MockServer } from "tenantry/mock";
import { type Listener, listen } from "tenantry/mock/node";
import { afterEach, beforeEach } from "vitest";
import { AdminService } from "../../gen/tenantry/mock/v1/admin_pb.js";

/** A mock server that is controlled over HTTP, new for each test. */
export interface ControlledServer {
  readonly server: MockServer;
  readonly url: string;
  readonly admin: Client<typeof AdminService>;
  /** Signs Ada in over HTTP. Returns a client that calls as her. */
  vydon(): Promise<VydonClient>;
}

/** Opens a new server before each test, and closes it after the test. */
export function openAdmin(): ControlledServer {
  let server: MockServer;
  let listener: Listener;
  beforeEach(async () => {
    server = createMockServer();
    listener = await listen(server, { admin: true });
  });
  afterEach(() => listener.close());
  const world: ControlledServer = {
    get server() {
      return server;
    },
    get url() {
      return listener.url;
    },
    get admin() {
      return adminOf(listener);
    },
    async vydon() {
      const { token } = await world.admin.signInVydon({ email: "ada@example.com" });
      return new VydonClient({ baseUrl: listener.url, auth: token, retry: false });
    },
  };
  return world;
}

/** Creates a client of a listener's admin service. */
export function adminOf({ url: baseUrl }: Listener): Client<typeof AdminService> {
  return createClient(AdminService, createConnectTransport({ baseUrl, httpVersion: "1.1" }));
}
