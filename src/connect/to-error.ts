import { create, toBinary } from "@bufbuild/protobuf";
import { base64Encode } from "@bufbuild/protobuf/wire";
import { Code, ConnectError } from "@connectrpc/connect";
import { ApiError } from "../core/errors/api-error.js";
import { type ErrorDetail, toDetail } from "../core/errors/details.js";
import { UnexpectedResponseError } from "../core/errors/errors.js";
import { causes, isBadCompression, isError, isNetworkFailure } from "../core/errors/network.js";
import { requestIdIn, serverError } from "../core/errors/server-error.js";
import { networkError } from "../core/errors/to-api-error.js";
import { brokenResponse, notFromApi } from "../core/errors/unexpected-response.js";
import { toUrl } from "../core/wire/base-url.js";
import { httpError } from "../core/wire/http-error.js";
import { toErrorCode } from "./codes.js";
import { unreadPart } from "./unread-part.js";

/**
 * Returns the error that a client throws for the failure of a Connect transport. All transports use this table, so the
 * same failure has the same class over each of them. The first row that matches is used:
 *
 * | failure | result |
 * |---|---|
 * | the request's signal has aborted | the signal's reason |
 * | an `ApiError` is among the causes, for example of a fetch of ours | that error |
 * | an HTTP status without Connect's JSON, such as a proxy's page | as for JSON over fetch, so 429 is a `RateLimitedError` |
 * | an error that the server sent | the class of its code |
 * | a response that Connect cannot read, or that is too large | `UnexpectedResponseError` |
 * | the network, the connection, the certificate | `NetworkError` |
 * | another `ConnectError`, for example of an interceptor | the class of its code |
 * | anything else | unchanged |
 *
 * Most of Connect's errors differ only in their text, so the rows match texts of `@connectrpc/connect` 2.
 *
 * @param now - the client's time, in milliseconds since 1970.
 */
export function toError(reason: unknown, signal: AbortSignal | undefined, now: number): unknown {
  // Connect drops the reason, or reports a deadline as "canceled".
  if (signal?.aborted) return signal.reason;
  const chain = causes(reason);
  const ours = chain.find((cause) => cause instanceof ApiError);
  if (ours) return ours;
  if (!(reason instanceof ConnectError)) return isNetworkFailure(reason) ? networkError(reason) : reason;
  return (
    statusError(reason, now) ??
    sentByServer(reason, now) ??
    unreadableError(reason, chain) ??
    connectionError(reason, chain) ??
    byCode(reason, now)
  );
}

/** Connect's codes for HTTP statuses. All other statuses are "unknown". */
const codeByStatus: Readonly<Record<number, Code>> = {
  400: Code.Internal,
  401: Code.Unauthenticated,
  403: Code.PermissionDenied,
  404: Code.Unimplemented,
  429: Code.Unavailable,
  502: Code.Unavailable,
  503: Code.Unavailable,
  504: Code.Unavailable,
};

/**
 * Returns the error for a response whose status is not 200 and that contains no Connect error. Returns undefined for
 * other failures.
 */
function statusError({ rawMessage, code, metadata }: ConnectError, now: number): ApiError | undefined {
  const status = Number(/^HTTP (\d{3})$/.exec(rawMessage)?.[1]);
  // If the code is another one, the text is the server's own.
  if (!(status >= 200) || code !== (codeByStatus[status] ?? Code.Unknown)) return undefined;
  const headers = withoutRepetition(metadata);
  const location = headers.get("location") ?? "";
  // A relative target is on the server itself. Its address is not known here.
  const url = toUrl(location) ? location : "";
  return httpError({ status, headers }, "", url, now);
}

/**
 * Returns headers without duplicates. Connect puts the headers and the trailers of a response together and, if a body is JSON but not a
 * Connect error, returns each header twice.
 */
function withoutRepetition(headers: Headers): Headers {
  const single = new Headers();
  headers.forEach((value, name) => {
    const half = value.slice(0, (value.length - ", ".length) / 2);
    single.append(name, value === `${half}, ${half}` ? half : value);
  });
  return single;
}

function sentByServer(error: ConnectError, now: number): ApiError | undefined {
  const { metadata, rawMessage } = error;
  const grpcStatus = Number.parseInt(metadata.get("grpc-status") ?? "", 10);
  const isGrpc = (grpcStatus >= 1 && grpcStatus <= 16) || metadata.has("grpc-status-details-bin");
  const isJson = /^application\/json\b/i.test(metadata.get("content-type") ?? "");
  // These two texts are Connect's own, although the error has the headers of the response.
  return isGrpc || (isJson && !/^unsupported (content type|response encoding) /.test(rawMessage))
    ? byCode(error, now)
    : undefined;
}

/** The texts of Connect and protobuf-es for a response that they cannot read. */
const unreadable = new RegExp(
  [
    "^protocol error: ",
    "^(parse binary: |cannot decode )",
    "^unsupported (content type|response encoding) ",
    "^(missing|extra) (message|trailer|response body)$",
    "^(invalid grpc-status: |invalid envelope|unexpected end flag|received compressed envelope)",
    "^decompression failed$",
    "^message (size )?(\\d+ )?is larger than configured readMaxBytes",
  ].join("|"),
);

function unreadableError(error: ConnectError, chain: readonly Error[]): ApiError | undefined {
  const { rawMessage, code, metadata } = error;
  const requestId = requestIdIn(metadata);
  const context = { cause: error, requestId };
  // From Node's fetch, because connect-web does not follow redirects. Browsers do not report them.
  if (chain.some(({ message }) => message === "unexpected redirect"))
    return notFromApi("a redirect", { ...context, code: "unknown" });
  const part = unreadPart(rawMessage);
  // The error has no cause, because the cause's text would contain a part of the response, for example a new token.
  if (part) return new UnexpectedResponseError(`The response cannot be read: ${part}.`, { requestId });
  if (chain.some(({ name }) => name === "SyntaxError")) return brokenResponse({ requestId });
  // A header of gRPC is not valid text or base64.
  const isBroken =
    chain.some(({ name }) => name === "URIError") || (code === Code.DataLoss && error.cause !== undefined);
  if (!unreadable.test(rawMessage) && !isBroken && !isBadCompression(error)) return undefined;
  const type = /^unsupported content type (.*)/.exec(rawMessage)?.[1];
  if (type) return notFromApi(type === "null" ? "without a type" : `of the type ${type}`, context);
  // connect-node reads every body as gRPC-Web. If a body is text, its first characters are read as a length, which is
  // at least this number.
  const length = Number(/^message size (\d+)/.exec(rawMessage)?.[1]);
  if (length >= 0x20000000) return notFromApi("not gRPC or gRPC-Web", context);
  const limit = /readMaxBytes (\d+)/.exec(rawMessage)?.[1];
  return new UnexpectedResponseError(
    limit
      ? `The response is larger than maxResponseBytes (${limit} bytes).`
      : `The response cannot be read, or it was cut off: ${rawMessage}.`,
    context,
  );
}

/** connect-node's texts for the failure of a connection. */
const connectionLost =
  /^(http\/2 (stream|connection) closed with error code |PING timed out$|connection aborted$|received GOAWAY |expected open session|sentinel completed early$)/;

/** Node's errors for a server that supports HTTP/1.1 only, without TLS and with it. */
const notHttp2 = /^Protocol error$|no application protocol/;

/** The texts of connect-node and of Node for a stream that the server reset with the code REFUSED_STREAM. */
const streamRefused = /^(http\/2 stream c|Stream c)losed with error code (NGHTTP2_)?REFUSED_STREAM\b/;

/** Node's other codes for a certificate that is not valid, and for a server that does not use HTTP. */
const handshakeFailed =
  /^(HPE_.*|CRL_.*|ERROR_IN_CRL_.*|HOSTNAME_MISMATCH|PATH_LENGTH_EXCEEDED|INVALID_CA|INVALID_PURPOSE)$/;

function connectionError(error: ConnectError, chain: readonly Error[]): ApiError | undefined {
  const isLost =
    connectionLost.test(error.rawMessage) ||
    isNetworkFailure(error) ||
    chain.some((cause) => "code" in cause && handshakeFailed.test(String(cause.code)));
  if (!isLost) return undefined;
  // An HTTP/2 server refuses a stream before it acts, so even a write may be retried.
  if (streamRefused.test(error.rawMessage)) {
    return networkError(
      Object.assign(new Error("the server refused the request's stream"), {
        code: "ERR_HTTP2_STREAM_REFUSED",
      }),
    );
  }
  // Only the inner error is kept, because the code at the beginning of the outer error's text means nothing here.
  const cause = isError(error.cause) ? error.cause : new Error(error.rawMessage);
  const [text] = notHttp2.exec(cause.message) ?? [];
  if (text === undefined) return networkError(cause);
  return networkError(new Error(`${text}: the server may not support HTTP/2, so try \`httpVersion: "1.1"\``));
}

function byCode(error: ConnectError, now: number): ApiError {
  return serverError(
    {
      code: toErrorCode(error.code),
      message: error.rawMessage,
      details: error.details.map(toErrorDetail),
      // A gRPC server may send a header in the trailers too.
      headers: withoutRepetition(error.metadata),
    },
    now,
  );
}

/** Converts a detail. A detail from the wire has bytes. A detail that was added in this process has a message. */
function toErrorDetail(detail: ConnectError["details"][number]): ErrorDetail {
  return "desc" in detail
    ? toDetail(detail.desc.typeName, base64Encode(toBinary(detail.desc, create(detail.desc, detail.value))))
    : toDetail(detail.type, base64Encode(detail.value));
}
