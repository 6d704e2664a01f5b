import type { DescService } from "@bufbuild/protobuf";
import { createConnectTransport, createGrpcWebTransport } from "@connectrpc/connect-web";
import { orBrokenTrailer } from "../connect/broken-trailer.js";
import { guardUrl } from "../connect/guard-url.js";
import { shortReadsBy } from "../connect/http-get.js";
import { viaConnect } from "../connect/via-connect.js";
import type { ClientTransport } from "../core/call/transport.js";
import { flag } from "../core/checks/arguments.js";
import {
  type Checks,
  callback,
  checkedElsewhere,
  checkOptions,
  count,
  oneOf,
} from "../core/checks/check-options.js";
import { invalidArgument } from "../core/errors/invalid-argument.js";
import { boundedFetch } from "./bounded-fetch.js";

/** Options of {@link webTransport}. */
export interface BrowserTransportOptions {
  /** The server's URL, such as `https://api.example.com`. A path is kept. */
  readonly baseUrl: string | URL;
  /**
   * The services that the client calls, from `tenantry/proto/vydon` or `tenantry/proto/ona`. Each adds up to 17 kB to a
   * bundle.
   */
  readonly services: readonly DescService[];
  /** The protocol on the wire. Default "connect". */
  readonly protocol?: "connect" | "grpc-web" | undefined;
  /**
   * The format of messages. Default "binary". Fields that this version's schema does not have are lost. With "json", so are its
   * unknown enum values and renamed fields. For readable JSON in the network tab, use a client without a `transport`.
   */
  readonly format?: "binary" | "json" | undefined;
  /** The fetch to use, for a proxy or a test. Default: the platform's. */
  readonly fetch?: typeof globalThis.fetch | undefined;
  /**
   * Sends reads as HTTP GET, so that caches can serve them. Default false. For the protocol "connect" only. A read that
   * is too long for a URL is sent as POST. A URL contains the whole request, and servers and proxies may log it.
   */
  readonly useHttpGet?: boolean | undefined;
  /**
   * The largest response to read, in bytes, at least 1; Infinity for no limit. A larger one fails with
   * `UnexpectedResponseError`. Default 67 108 864 (64 MiB).
   */
  readonly maxResponseBytes?: number | undefined;
  /** Allows a token or another secret over plain http to another machine. Default false: such a call fails. */
  readonly allowInsecureAuth?: boolean | undefined;
}

const checks: Checks<BrowserTransportOptions> = {
  baseUrl: checkedElsewhere,
  services: checkedElsewhere,
  protocol: oneOf("connect", "grpc-web"),
  format: oneOf("binary", "json"),
  fetch: callback,
  useHttpGet: flag,
  maxResponseBytes: count(1),
  allowInsecureAuth: flag,
};

/**
 * Creates a transport that sends a client's calls over gRPC-Web or in Connect's binary format, by `fetch`. It works in
 * browsers and in every runtime with a `fetch`. It follows no redirect.
 *
 * @returns a value for the `transport` option of `VydonClient` and `OnaClient`.
 * @throws InvalidArgumentError if an option is wrong.
 *
 * @example
 * ```ts
 * import { VydonClient } from "tenantry";
 * import { UserAccountService } from "tenantry/proto/vydon";
 * import { webTransport } from "tenantry/web";
 *
 * const transport = webTransport({
 *   baseUrl: "https://vydon.example.com",
 *   services: [UserAccountService],
 *   protocol: "grpc-web",
 * });
 * const client = new VydonClient({ transport, auth: token });
 * ```
 */
export function webTransport(options: BrowserTransportOptions): ClientTransport {
  checkOptions(options, checks, "webTransport");
  const { services, protocol = "connect", format = "binary", useHttpGet = false } = options;
  const { maxResponseBytes = 64 * 2 ** 20 } = options;
  const { baseUrl, check } = guardUrl(options.baseUrl, options.allowInsecureAuth);
  if (!Array.isArray(services)) throw invalidArgument("services", "must be a list");

  const common = {
    baseUrl,
    useBinaryFormat: format === "binary",
    fetch: boundedFetch(options.fetch, maxResponseBytes),
  };
  const post = protocol === "connect" ? createConnectTransport(common) : createGrpcWebTransport(common);
  const transport =
    useHttpGet && protocol === "connect"
      ? shortReadsBy(createConnectTransport({ ...common, useHttpGet }), post)
      : post;
  const inner = viaConnect(transport, ...services);
  return {
    protocol,
    async send(request) {
      check(request);
      return inner.send(request).catch((reason: unknown) => {
        throw orBrokenTrailer(reason);
      });
    },
  };
}
