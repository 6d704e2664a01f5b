import type { DescService } from "@bufbuild/protobuf";
import { type Client, ConnectError, createClient, type Transport } from "@connectrpc/connect";
import {
  createMockServer,
  type MockServer,
  type MockServerOptions,
  type VydonSession,
  type WireFault,
} from "tenantry/mock";
import { afterEach, beforeEach } from "vitest";
import { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { failureOf } from "../support/promises.js";

/** A kind of transport to a mock server. The contract runs once for each. */
export interface TestedTransport {
  readonly name: string;
  /** Wire faults that it cannot produce. */
  readonly cannot?: readonly WireFault[];
  /** Wire faults that its client accepts. */
  readonly forgives?: readonly WireFault[];
  /** Whether a call of a service that the server does not have is sent elsewhere. */
  readonly passesOn?: boolean;
  /** Whether it can call only the APIs' services, under their own names. */
  readonly apisOnly?: boolean;
  /** Whether the server cannot detect that the client has canceled. */
  readonly hidesCancel?: boolean;
  /** The metadata of its errors that contains the time to wait. Default "retry-after": the server's header, in seconds. */
  readonly retryAfter?: "retry-after" | "retry-after-ms";
  /** Connects to a server. */
  open(server: MockServer): Promise<Connection>;
}

/** A transport that is connected to one server. */
export interface Connection {
  /** The transport. It sends the token with every call. */
  transport(token?: string): Transport;
  close(): Promise<void>;
}

/** Creates a connection from a Connect transport. */
export function connectTo(transport: Transport, close: () => Promise<void> = async () => {}): Connection {
  return { transport: (token) => withToken(transport, token), close };
}

/** The raw Connect client of Vydon's service. The test uses no code of the SDK's clients. */
export type VydonRpc = Client<typeof UserAccountService>;

/** A mock server, new for each test of a suite, and clients of it. */
export interface World {
  readonly server: MockServer;
  /** Creates a Connect client of a service, with this token or without one. */
  client<Service extends DescService>(service: Service, token?: string): Client<Service>;
  /** Creates a Connect client of Vydon, with a session's token or without one. */
  vydon(session?: VydonSession): VydonRpc;
  /** Returns the transport, with this token or without one. */
  transport(token?: string): Transport;
}

/** Opens a new server before each test, and closes the connection after it. */
export function openWorld(tested: TestedTransport, options: MockServerOptions = {}): World {
  let current: { server: MockServer; connection: Connection } | undefined;
  const now = () => {
    if (current === undefined) throw new Error("the server exists only while a test runs");
    return current;
  };
  beforeEach(async () => {
    const server = createMockServer(options);
    current = { server, connection: await tested.open(server) };
  });
  afterEach(async () => {
    const { connection } = now();
    current = undefined;
    await connection.close();
  });
  const world: World = {
    get server() {
      return now().server;
    },
    transport: (token) => now().connection.transport(token),
    client: (service, token) => createClient(service, world.transport(token)),
    vydon: (session) => world.client(UserAccountService, session?.token),
  };
  return world;
}

/** Signs Ada in to Vydon. Returns her session, and a client that calls as her. */
export function signInAda(world: World): { session: VydonSession; userId: string; rpc: VydonRpc } {
  const session = world.server.vydon.signIn({ email: "ada@example.com" });
  return { session, userId: session.userId, rpc: world.vydon(session) };
}

/** Returns the error that a call fails with. */
export async function connectErrorOf(call: Promise<unknown>): Promise<ConnectError> {
  return ConnectError.from(await failureOf(call));
}

/** Returns the metadata that an error must have if the server sends a time to wait. */
export function waitOf({ retryAfter = "retry-after" }: TestedTransport, seconds: number): object {
  return { [retryAfter]: String(retryAfter === "retry-after" ? seconds : seconds * 1_000) };
}

/** Creates a transport that adds a bearer token to every call. */
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
