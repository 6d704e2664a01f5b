import { Agent as HttpAgent } from "node:http";
import { Agent as HttpsAgent } from "node:https";
import type { SecureContextOptions } from "node:tls";
import { Code, ConnectError, type Transport } from "@connectrpc/connect";
import {
  createConnectTransport,
  createGrpcTransport,
  createGrpcWebTransport,
  Http2SessionManager,
} from "@connectrpc/connect-node";
import { checkBaseUrl } from "../core/base-url.js";
import { FailedPreconditionError, InvalidArgumentError } from "../core/errors.js";
import { unaryLayer } from "../core/layer.js";
import { clearer } from "./clearer.js";

/** Options of {@link nodeTransport}. */
export interface NodeTransportOptions {
  /** The server's URL, such as `https://api.example.com`; a path is kept. */
  readonly baseUrl: string;
  /** Default "connect". "grpc" needs HTTP/2. */
  readonly protocol?: "connect" | "grpc" | "grpc-web" | undefined;
  /** Default "2": one connection for all calls. Over plain http the server must speak it without being asked (h2c). */
  readonly httpVersion?: "1.1" | "2" | undefined;
  /** How messages travel. Default "binary". */
  readonly format?: "binary" | "json" | undefined;
  /** Send reads as HTTP GET. Default false; for the Connect protocol alone. */
  readonly useHttpGet?: boolean | undefined;
  /** The largest answer to take, in bytes; a larger one is an error. Default 67 108 864 (64 MiB). */
  readonly maxResponseBytes?: number | undefined;
  /** Send a token over plain http to a host that is not this machine. Default false: such a call fails. */
  readonly allowInsecureAuth?: boolean | undefined;
  /** Certificates: `ca` of a private authority, `cert` and `key` to show who calls. */
  readonly tls?: SecureContextOptions | undefined;
  /**
   * With HTTP/2: ask the server after so many milliseconds without a sign whether it is still there. Default: never; many
   * servers close a connection that asks often.
   */
  readonly pingIntervalMs?: number | undefined;
  /** With HTTP/2: close a connection that was not used for so many milliseconds. Default 900 000 (15 minutes). */
  readonly idleConnectionTimeoutMs?: number | undefined;
}

/** A transport that holds connections. An open one that is not in use doesn't keep the process alive. */
export interface NodeTransport extends Transport, AsyncDisposable {
  /** Closes its connections; calls under way fail, and so do those that come after. */
  close(): Promise<void>;
}

/**
 * A Connect transport over Node's own HTTP/1.1 and HTTP/2, which speaks gRPC and gRPC-Web too. It follows no redirect.
 *
 * @throws InvalidArgumentError where an option is wrong.
 *
 * @example
 * ```ts
 * await using transport = nodeTransport({ baseUrl: "https://vydon.example.com", protocol: "grpc" });
 * const client = new VydonClient({ transport, auth: process.env.VYDON_API_KEY });
 * ```
 */
export function nodeTransport(options: NodeTransportOptions): NodeTransport {
  const { allowInsecureAuth: allowInsecure = false } = options;
  const baseUrl = checkBaseUrl(options.baseUrl, { carried: false, allowInsecure });
  const { transport, close } = open(baseUrl, options);
  let closed = false;

  async function shut(): Promise<void> {
    if (!closed) close();
    closed = true;
  }

  return {
    ...unaryLayer(transport, async (method, signal, timeoutMs, header, input, values) => {
      if (closed) throw new FailedPreconditionError("the transport is closed");
      checkBaseUrl(baseUrl, { carried: new Headers(header).has("authorization"), allowInsecure });
      return transport.unary(method, signal, timeoutMs, header, input, values).catch(clearer(signal));
    }),
    close: shut,
    [Symbol.asyncDispose]: shut,
  };
}

function open(baseUrl: string, options: NodeTransportOptions): { transport: Transport; close: () => void } {
  const { protocol = "connect", httpVersion = "2", format, useHttpGet = false, tls = {} } = options;
  const { maxResponseBytes: readMaxBytes = 64 * 2 ** 20 } = options;
  const common = { baseUrl, useBinaryFormat: format !== "json", readMaxBytes };
  const create = {
    connect: createConnectTransport,
    grpc: createGrpcTransport,
    "grpc-web": createGrpcWebTransport,
  }[protocol];
  if (!create)
    throw new InvalidArgumentError(`protocol must be "connect", "grpc" or "grpc-web", not "${protocol}"`);

  if (httpVersion === "2") {
    const { pingIntervalMs, idleConnectionTimeoutMs } = options;
    const sessionManager = new Http2SessionManager(
      baseUrl,
      {
        ...(pingIntervalMs !== undefined && { pingIntervalMs }),
        ...(idleConnectionTimeoutMs !== undefined && { idleConnectionTimeoutMs }),
      },
      tls,
    );
    const transport = create({ ...common, useHttpGet, httpVersion, sessionManager });
    return {
      transport,
      close: () => sessionManager.abort(new ConnectError("the transport was closed", Code.Canceled)),
    };
  }

  if (protocol === "grpc") throw new InvalidArgumentError('protocol "grpc" needs httpVersion "2"');
  const agent = baseUrl.startsWith("https:")
    ? new HttpsAgent({ ...tls, keepAlive: true })
    : new HttpAgent({ keepAlive: true });
  const create1 = protocol === "connect" ? createConnectTransport : createGrpcWebTransport;
  const transport = create1({ ...common, useHttpGet, httpVersion, nodeOptions: { agent } });
  return { transport, close: () => agent.destroy() };
}
