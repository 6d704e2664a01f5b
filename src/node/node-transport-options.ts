import { createSecureContext, type SecureContextOptions } from "node:tls";
import { flag } from "../core/checks/arguments.js";
import {
  type Checks,
  checkedElsewhere,
  checkOptions,
  count,
  millis,
  must,
  oneOf,
} from "../core/checks/check-options.js";
import { invalidArgument } from "../core/errors/invalid-argument.js";
import { textOf } from "../core/errors/network.js";
import { isRecord } from "../core/json/fields.js";

/** Options of `nodeTransport`. */
export interface NodeTransportOptions {
  /** The server's URL, such as `https://api.example.com`. A path is kept. */
  readonly baseUrl: string | URL;
  /** The protocol on the wire. Default "connect". "grpc" needs HTTP/2. */
  readonly protocol?: "connect" | "grpc" | "grpc-web" | undefined;
  /** Default "2": one connection for all calls. Over plain http, the server must accept HTTP/2 without an upgrade (h2c). */
  readonly httpVersion?: "1.1" | "2" | undefined;
  /**
   * The format of messages. Default "binary". Fields that this version's schema does not have are lost. With "json", so are its
   * unknown enum values and renamed fields, and a proxy's error with the status 200 is read as an empty success.
   */
  readonly format?: "binary" | "json" | undefined;
  /**
   * Sends reads as HTTP GET, so that caches can serve them. Default false. For the protocol "connect" only. A read that is too
   * long for a URL is sent as POST. A URL contains the whole request, and servers and proxies may log it.
   */
  readonly useHttpGet?: boolean | undefined;
  /**
   * The largest response to read, in bytes, from 1 to 4 294 967 295. A larger one fails with `UnexpectedResponseError`.
   * Default 67 108 864 (64 MiB).
   */
  readonly maxResponseBytes?: number | undefined;
  /** Allows a token or another secret over plain http to another machine. Default false: such a call fails. */
  readonly allowInsecureAuth?: boolean | undefined;
  /** Certificates: `ca` of a private authority, `cert` and `key` to identify the caller. Default: Node's authorities. */
  readonly tls?: SecureContextOptions | undefined;
  /**
   * With HTTP/2: the milliseconds without data from the server after which the client pings it, at least 1. Default: the
   * client pings only after a request ran out of time. Infinity, or more than 2 147 483 647, means the same. Many servers
   * close a connection that pings often.
   */
  readonly pingIntervalMs?: number | undefined;
  /**
   * With HTTP/2: the milliseconds without use after which a connection is closed. Default 900 000 (15 minutes). With 0,
   * it is closed at once. Infinity, or more than 2 147 483 647, counts as 2 147 483 647 (24 days).
   */
  readonly idleConnectionTimeoutMs?: number | undefined;
}

const checks: Checks<NodeTransportOptions> = {
  baseUrl: checkedElsewhere,
  protocol: oneOf("connect", "grpc", "grpc-web"),
  httpVersion: oneOf("1.1", "2"),
  format: oneOf("binary", "json"),
  useHttpGet: flag,
  // This is Connect's own limit. Connect's error would not name the option.
  maxResponseBytes: count(1, 2 ** 32 - 1),
  allowInsecureAuth: flag,
  tls: must(isRecord, "an object"),
  pingIntervalMs: millis(1),
  idleConnectionTimeoutMs: millis(0),
};

/** @throws InvalidArgumentError if an option is wrong. */
export function checkNodeOptions(options: NodeTransportOptions): void {
  checkOptions(options, checks, "nodeTransport");
  if (options.protocol === "grpc" && options.httpVersion === "1.1") {
    throw invalidArgument("protocol", '"grpc" needs httpVersion "2"');
  }
  try {
    // A wrong certificate would fail each call, in a way that looks like a failure of the network.
    if (options.tls) createSecureContext(options.tls);
  } catch (cause) {
    throw invalidArgument("tls", `cannot be used: ${textOf(cause)}`);
  }
}
