import {
  type DescMethod,
  type DescMethodUnary,
  type DescService,
  fromJson,
  type JsonObject,
  toJson,
} from "@bufbuild/protobuf";
import type { Transport } from "@connectrpc/connect";
import type { Method } from "../core/call/method.js";
import type { ClientTransport, TransportReply } from "../core/call/transport.js";
import { withMethods } from "../core/checks/check-options.js";
import { InvalidArgumentError, UnexpectedResponseError } from "../core/errors/errors.js";
import { invalidArgument } from "../core/errors/invalid-argument.js";
import { textOf } from "../core/errors/network.js";
import { requestIdIn } from "../core/errors/server-error.js";
import { toError } from "./to-error.js";

/**
 * Creates a client's transport from a Connect transport: one of connect-web or connect-node, a router, one with
 * interceptors. Messages are converted between JSON and protobuf on the way.
 *
 * The Connect transport decides where calls and the token go. A field that this version's schema does not have is lost on the way.
 * In Connect's JSON format, an enum value that it does not have is lost too, and a proxy's error with the status 200 is read as an
 * empty success.
 *
 * @param transport - any Connect transport.
 * @param services - the services that the client calls, from `tenantry/proto/vydon` or `tenantry/proto/ona`. Pass no
 * other services, because each service adds up to 17 kB to a bundle.
 * @returns a value for the `transport` option of `VydonClient` and `OnaClient`. Calls throw the same classes of errors
 * as without a `transport`. They throw an `InvalidArgumentError` if a service is missing in `services`.
 * @throws InvalidArgumentError if an argument is not a Connect transport or not a service.
 *
 * @example
 * ```ts
 * import { createConnectTransport } from "@connectrpc/connect-web";
 * import { VydonClient } from "tenantry";
 * import { viaConnect } from "tenantry/connect";
 * import { UserAccountService } from "tenantry/proto/vydon";
 *
 * const connect = createConnectTransport({ baseUrl: "https://vydon.example.com", interceptors: [logger] });
 * const client = new VydonClient({ transport: viaConnect(connect, UserAccountService), auth: token });
 * ```
 */
export function viaConnect(transport: Transport, ...services: DescService[]): ClientTransport {
  withMethods("unary")(transport, "transport", "");
  const methods = new Map<string, DescMethodUnary>();
  for (const service of services) {
    if (!Array.isArray(service?.methods)) {
      throw invalidArgument("services", "must be services of tenantry/proto, one by one");
    }
    for (const method of service.methods.filter(isUnary))
      methods.set(`${service.typeName}/${method.name}`, method);
  }
  return {
    async send({ method, message, headers, signal, timeoutMs, clock }) {
      const descriptor = methods.get(`${method.service}/${method.name}`) ?? unknownMethod(services, method);
      const input = toMessage(descriptor, message);
      let response: Awaited<ReturnType<typeof transport.unary>>;
      try {
        response = await transport.unary(descriptor, signal, timeoutMs, headers, input);
      } catch (reason) {
        throw toError(reason, signal, clock.now());
      }
      return toReply(descriptor, response);
    },
  };
}

function unknownMethod(services: readonly DescService[], { service, name }: Method): never {
  if (services.some(({ typeName }) => typeName === service)) {
    throw new InvalidArgumentError(`The service ${service} has no unary method ${name}.`);
  }
  const known = services.map(({ typeName }) => typeName).join(", ") || "none";
  throw new InvalidArgumentError(
    `The transport does not have the service ${service} (it has ${known}). Add the service where the transport is created.`,
  );
}

function isUnary(method: DescMethod): method is DescMethodUnary {
  return method.methodKind === "unary";
}

/**
 * Converts a request to a message. A field that the schema does not have is an error, because the binary format would
 * drop it silently.
 */
function toMessage({ input }: DescMethodUnary, message: object) {
  try {
    return fromJson(input, toJsonObject(message));
  } catch (cause) {
    const key = /key "([^"]*)" is unknown/.exec(textOf(cause))?.[1];
    const problem = key ? `a field "${key}" that this schema does not have` : "a value of the wrong type";
    throw new InvalidArgumentError(`The request has ${problem}. It must be a ${input.typeName}.`, { cause });
  }
}

/** Returns a request unchanged. Clients write requests as JSON, without undefined and Date values. */
function toJsonObject(message: object): JsonObject;
function toJsonObject(message: object): object {
  return message;
}

function toReply(
  { output }: DescMethodUnary,
  { message, header, trailer }: Awaited<ReturnType<Transport["unary"]>>,
): TransportReply {
  const headers = withTrailers(header, trailer);
  try {
    return { body: toJson(output, message), status: 200, headers };
  } catch (cause) {
    throw new UnexpectedResponseError(
      `The response has a value that is out of its range, such as a timestamp. It is a ${output.typeName}.`,
      { cause, requestId: requestIdIn(headers) },
    );
  }
}

/** Adds the trailers to the headers, as Connect sends them over HTTP. */
function withTrailers(headers: Headers, trailers: Headers): Headers {
  let all = headers;
  trailers.forEach((value, name) => {
    // The headers are copied only if needed, because the copy takes most of the time.
    if (all === headers) all = new Headers(headers);
    all.append(`trailer-${name}`, value);
  });
  return all;
}
