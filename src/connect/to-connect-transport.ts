import {
  create,
  type DescMessage,
  type DescMethod,
  type DescMethodUnary,
  fromJson,
  type JsonObject,
  type JsonValue,
  type MessageInitShape,
  type MessageShape,
  toJson,
} from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel as Level } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, type Transport } from "@connectrpc/connect";
import type { ApiPromise } from "../core/call/api-promise.js";
import type { Method } from "../core/call/method.js";
import type { CallOptions } from "../core/call/options.js";
import { withMethods } from "../core/checks/check-options.js";
import type { ErrorContext } from "../core/errors/api-error.js";
import { UnexpectedResponseError } from "../core/errors/errors.js";
import { invalidArgument } from "../core/errors/invalid-argument.js";
import { textOf } from "../core/errors/network.js";
import { requestIdIn } from "../core/errors/server-error.js";
import { errorField } from "../core/json/refuse-errors.js";
import { toConnectError } from "./to-connect-error.js";
import { unreadPart } from "./unread-part.js";

/** A client for {@link toConnectTransport}: a `VydonClient`, an `OnaClient` or a `FamClient`. */
export interface CallingClient {
  /** Calls an RPC through all layers of the client. */
  call<Request extends object, Response extends object>(
    method: Method<Request, Response>,
    request: Request,
    options?: CallOptions,
  ): ApiPromise<Response>;
}

/**
 * Creates a Connect transport from a client, so that Connect's own clients share its token, retries, deadlines and
 * hooks. Use it for code that works with the generated services and messages.
 *
 * Its errors are `ConnectError`s with the code, the server's text and the details, for `findDetails`. The `cause` is
 * the `ApiError`. The metadata contains `x-request-id` and `retry-after-ms` if the server sent them. Streaming methods
 * fail with the code `unimplemented`. If a response is not the RPC's message, the call fails, but hooks have seen a success.
 *
 * @param client - a `VydonClient`, an `OnaClient` or a `FamClient`.
 * @returns a transport for `createClient`. It uses the signal, the time limit and the headers of each call, and ignores
 * context values.
 * @throws InvalidArgumentError if `client` is not a client.
 *
 * @example
 * ```ts
 * import { createClient } from "@connectrpc/connect";
 * import { toConnectTransport } from "tenantry/connect";
 * import { UserAccountService } from "tenantry/proto/vydon";
 *
 * const users = createClient(UserAccountService, toConnectTransport(client));
 * const { userId } = await users.getUser({});
 * ```
 */
export function toConnectTransport(client: CallingClient): Transport {
  withMethods("call")(client, "client", "");
  return {
    async unary(method, signal, timeoutMs, header, input) {
      try {
        const request = toRequest(method, input);
        const { data, headers, attempts } = await client
          // For Connect, a negative time means no limit, as 0 does.
          .call(toMethod(method), request, {
            signal,
            timeoutMs: timeoutMs && Math.max(0, timeoutMs),
            headers: header,
          })
          .withResponse();
        const message = readMessage(method.output, data, {
          method: `${method.parent.typeName}/${method.name}`,
          attempts,
          requestId: requestIdIn(headers),
        });
        return { stream: false, service: method.parent, method, message, ...splitTrailers(headers) };
      } catch (reason) {
        throw toConnectError(reason);
      }
    },
    async stream(method) {
      throw new ConnectError(
        `${method.name} is a streaming method. The client sends only unary calls: use one of Connect's transports.`,
        Code.Unimplemented,
      );
    },
  };
}

const idempotencies: Readonly<Record<Level, Method["idempotency"]>> = {
  [Level.IDEMPOTENCY_UNKNOWN]: "unknown",
  [Level.NO_SIDE_EFFECTS]: "no_side_effects",
  [Level.IDEMPOTENT]: "idempotent",
};

function toMethod({ parent, name, idempotency }: DescMethod): Method<JsonObject, JsonObject> {
  return { service: parent.typeName, name, idempotency: idempotencies[idempotency] };
}

/** @throws InvalidArgumentError if a field cannot be written as JSON, or if the request is not an object. */
function toRequest<Input extends DescMessage>(
  { input }: DescMethodUnary<Input>,
  message: MessageInitShape<Input>,
): JsonObject {
  let json: JsonValue;
  try {
    json = toJson(input, create(input, message));
  } catch (cause) {
    throw invalidArgument("request", `cannot be written as JSON: ${textOf(cause)}`);
  }
  // Only a message such as `google.protobuf.Value` is not an object, and no RPC of the three APIs has such a request.
  if (typeof json === "object" && json !== null && !Array.isArray(json)) return json;
  throw invalidArgument("request", "must be a message that JSON writes as an object");
}

/** @throws UnexpectedResponseError with this context if the response is not the message. */
function readMessage<Desc extends DescMessage>(
  schema: Desc,
  json: JsonObject,
  context: ErrorContext,
): MessageShape<Desc> {
  const failed = errorField(json);
  if (failed && !schema.fields.some(({ jsonName }) => jsonName === failed))
    throw new UnexpectedResponseError(
      `The response's field ${failed} reports that the call failed.`,
      context,
    );
  try {
    return fromJson(schema, json, { ignoreUnknownFields: true });
  } catch (reason) {
    // The error has no cause, because the cause's text would contain a part of the response, for example a new token.
    const part = unreadPart(textOf(reason));
    const text = `The response is not a ${schema.typeName}${part === undefined ? "" : `: ${part}`}.`;
    throw new UnexpectedResponseError(text, context);
  }
}

/** Separates trailers from headers. Over HTTP, Connect sends trailers as headers with a prefix. */
function splitTrailers(headers: Headers): { header: Headers; trailer: Headers } {
  const header = new Headers();
  const trailer = new Headers();
  headers.forEach((value, name) => {
    if (name.startsWith("trailer-")) trailer.append(name.slice("trailer-".length), value);
    else header.append(name, value);
  });
  return { header, trailer };
}
