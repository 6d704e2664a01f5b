import {
  create,
  type DescMessage,
  type DescMethod,
  fromJson,
  type JsonObject,
  type JsonValue,
  type MessageShape,
  toJson,
} from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel as Level } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, type Transport } from "@connectrpc/connect";
import type { ApiPromise } from "../core/call/api-promise.js";
import type { Method } from "../core/call/method.js";
import type { CallOptions } from "../core/call/options.js";
import { withMethods } from "../core/checks/check-options.js";
import { UnexpectedResponseError } from "../core/errors/errors.js";
import { textOf } from "../core/errors/network.js";
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
 * fail with the code `unimplemented`.
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
        const request = toObject(toJson(method.input, create(method.input, input)));
        const { data, headers } = await client
          // For Connect, a negative time means no limit, as 0 does.
          .call(toMethod(method), request, {
            signal,
            timeoutMs: timeoutMs && Math.max(0, timeoutMs),
            headers: header,
          })
          .withResponse();
        const message = readMessage(method.output, data);
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

/**
 * Checks that a request is an object. Only a message such as `google.protobuf.Value` is not an object, and no RPC of
 * the three APIs has such a request.
 */
function toObject(json: JsonValue): JsonObject {
  if (typeof json === "object" && json !== null && !Array.isArray(json)) return json;
  throw new ConnectError("the request is not a JSON object", Code.InvalidArgument);
}

function readMessage<Desc extends DescMessage>(schema: Desc, json: JsonObject): MessageShape<Desc> {
  const failed = errorField(json);
  if (failed && !schema.fields.some(({ jsonName }) => jsonName === failed)) {
    throw new UnexpectedResponseError(`The response's field ${failed} reports that the call failed.`);
  }
  try {
    return fromJson(schema, json, { ignoreUnknownFields: true });
  } catch (reason) {
    // The error has no cause, because the cause's text would contain a part of the response, for example a new token.
    const part = unreadPart(textOf(reason));
    throw new UnexpectedResponseError(
      `The response is not a ${schema.typeName}${part === undefined ? "" : `: ${part}`}.`,
    );
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
