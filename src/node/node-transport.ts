import { AccountService } from "../../gen/fam/v1/account_pb.js";
import { BillingService } from "../../gen/fam/v1/billing_pb.js";
import { MemberService } from "../../gen/fam/v1/member_pb.js";
import { AccountService as OnaAccountService } from "../../gen/gitpod/v1/account_pb.js";
import { BillingService as OnaBillingService } from "../../gen/gitpod/v1/billing_pb.js";
import { IdentityService } from "../../gen/gitpod/v1/identity_pb.js";
import { OrganizationService } from "../../gen/gitpod/v1/organization_service_pb.js";
import { UserService } from "../../gen/gitpod/v1/user_pb.js";
import { ApiKeyService } from "../../gen/mgmt/v1alpha1/api_key_pb.js";
import { AuthService } from "../../gen/mgmt/v1alpha1/auth_pb.js";
import { UserAccountService } from "../../gen/mgmt/v1alpha1/user_account_pb.js";
import { orBrokenTrailer } from "../connect/broken-trailer.js";
import { guardUrl } from "../connect/guard-url.js";
import { viaConnect } from "../connect/via-connect.js";
import { isTimeout } from "../core/call/abort.js";
import type { ClientTransport } from "../core/call/transport.js";
import { DeadlineExceededError, FailedPreconditionError } from "../core/errors/errors.js";
import { userAgent } from "../core/wire/user-agent.js";
import { openConnections } from "./connections.js";
import { checkNodeOptions, type NodeTransportOptions } from "./node-transport-options.js";

/** A transport that holds connections. An open connection that is not in use does not keep the process alive. */
export interface NodeTransport extends ClientTransport, AsyncDisposable {
  /** Closes its connections. Calls under way and later calls fail with `FailedPreconditionError`. */
  close(): Promise<void>;
}

/** All services of the three APIs. */
const services = [
  UserAccountService,
  AuthService,
  ApiKeyService,
  OnaAccountService,
  OnaBillingService,
  IdentityService,
  OrganizationService,
  UserService,
  AccountService,
  BillingService,
  MemberService,
];

/**
 * Sends a client's calls over Node's own HTTP/1.1 and HTTP/2: by Connect, gRPC or gRPC-Web. It follows no redirect.
 *
 * With HTTP/2, the transport checks the connection after a request has run out of time. If the connection is dead, it
 * opens another one for the next request.
 *
 * @returns a value for the `transport` option of `VydonClient` and `OnaClient`.
 * @throws InvalidArgumentError if an option is wrong.
 *
 * @example
 * ```ts
 * await using transport = nodeTransport({ baseUrl: "https://vydon.example.com", protocol: "grpc" });
 * const client = new VydonClient({ transport, auth: process.env.VYDON_API_KEY });
 * ```
 */
export function nodeTransport(options: NodeTransportOptions): NodeTransport {
  checkNodeOptions(options);
  const { baseUrl, check } = guardUrl(options.baseUrl, options.allowInsecureAuth);
  const connections = openConnections(baseUrl, options);
  const agent = userAgent();
  const inner = viaConnect(connections.transport, ...services);
  let closed = false;

  async function close(): Promise<void> {
    connections.close();
    closed = true;
  }

  return {
    protocol: options.protocol,
    async send(request) {
      if (closed)
        throw new FailedPreconditionError(
          "The transport is closed. Create a new one, or close it after the last call.",
        );
      check(request);
      try {
        return await inner.send({ ...request, headers: { ...agent, ...request.headers } });
      } catch (reason) {
        if (closed) throw new FailedPreconditionError("The transport was closed during the call.");
        if (isTimeout(reason) || reason instanceof DeadlineExceededError) connections.check();
        throw orBrokenTrailer(reason);
      }
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}
