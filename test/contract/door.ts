import { type Client, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import { afterEach, beforeEach, expect } from "vitest";
import { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import {
  createMockServer,
  type MockServer,
  type MockServerOptions,
  type VydonSession,
  type WireFault,
} from "../../src/mock/index.js";

/** A way into a mock server. Every contract suite runs through each. */
export interface Door {
  readonly name: string;
  /** Faults of the wire that can't be had there. */
  readonly cannot?: readonly WireFault[];
  /** Faults of the wire that its client does not mind. */
  readonly forgives?: readonly WireFault[];
  open(server: MockServer): Promise<OpenDoor>;
}

/** A door that leads to one server. */
interface OpenDoor {
  /** A transport that sends the token with every call. */
  transport(token?: string): Transport;
  close(): Promise<void>;
}

/** The raw Connect client of Vydon's service: no code of the SDK stands between the test and the server. */
export type VydonRpc = Client<typeof UserAccountService>;

/** A server of its own for each test of a suite, and the door that leads to it. */
export interface World {
  readonly server: MockServer;
  /** Calls Vydon as this session, or as nobody. */
  vydon(session?: VydonSession): VydonRpc;
  /** The transport itself, with this token or none. */
  transport(token?: string): Transport;
}

/** Opens a new server before each test, and closes its door after. */
export function openWorld(door: Door, options: MockServerOptions = {}): World {
  let current: { server: MockServer; open: OpenDoor } | undefined;
  const now = () => {
    if (current === undefined) throw new Error("the server is there within a test, not around it");
    return current;
  };
  beforeEach(async () => {
    const server = createMockServer(options);
    current = { server, open: await door.open(server) };
  });
  afterEach(async () => {
    const { server, open } = now();
    current = undefined;
    await open.close();
    // Wherever a test has led to: it can be kept, and brought back.
    const { apis } = server.snapshot();
    const copy = server.fork();
    copy.restore(JSON.parse(JSON.stringify(server.snapshot())));
    expect(copy.snapshot().apis).toEqual(apis);
  });
  return {
    get server() {
      return now().server;
    },
    transport: (token) => now().open.transport(token),
    vydon: (session) => createClient(UserAccountService, now().open.transport(session?.token)),
  };
}

/** The error that a call ends with. */
export async function refusal(call: Promise<unknown>): Promise<ConnectError> {
  const answer = await call.catch((reason: unknown) => ConnectError.from(reason));
  if (answer instanceof ConnectError) return answer;
  throw new Error(`the call was answered: ${JSON.stringify(answer)}`);
}

/** A transport that adds a bearer token to every call. */
export function withToken(next: Transport, token: string | undefined): Transport {
  if (token === undefined) return next;
  const authorize = (header: HeadersInit | undefined) => {
    const headers = new Headers(header);
    headers.set("authorization", `Bearer ${token}`);
    return headers;
  };
  return {
    unary: (method, signal, timeoutMs, header, input, values) =>
      next.unary(method, signal, timeoutMs, authorize(header), input, values),
    stream: (method, signal, timeoutMs, header, input, values) =>
      next.stream(method, signal, timeoutMs, authorize(header), input, values),
  };
}
