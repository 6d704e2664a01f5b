import { create } from "@bufbuild/protobuf";
import { MethodOptions_IdempotencyLevel } from "@bufbuild/protobuf/wkt";
import { Code, ConnectError, type Transport } from "@connectrpc/connect";
import { codecs } from "./codec.js";
import { ApiError, NetworkError, UnexpectedResponseError } from "./errors.js";
import type { CommonOptions } from "./options.js";
import { readBody } from "./read-body.js";
import { wireError } from "./wire-error.js";

/** A longer URL is not sure to pass every proxy: such a read goes by POST. */
const longestGetUrl = 4096;

/**
 * Unary calls of the Connect protocol over fetch. It keeps neither time nor
 * abort: the layers above do, and end the request through its signal.
 *
 * Connect's own transport for the web does the same and streams besides; why
 * this one is ours stands in `docs/decisions/own-fetch-transport.md`.
 */
export function fetchTransport(baseUrl: string, options: CommonOptions): Transport {
  const codec = codecs[options.format ?? "binary"];
  const contentType = `application/${codec.name}`;
  return {
    async unary(method, signal, timeoutMs, header, input) {
      const body = codec.encode(method.input, create(method.input, input));
      const headers = new Headers(header);
      if (timeoutMs !== undefined) headers.set("connect-timeout-ms", String(Math.ceil(timeoutMs)));
      // A redirect is refused below: the token would travel along. (`redirect: "error"` does not say where to, and some
      // runtimes don't have it.)
      const init: RequestInit = { method: "POST", headers, redirect: "manual", signal: signal ?? null };
      let url = `${baseUrl}/${method.parent.typeName}/${method.name}`;
      const readOnly = method.idempotency === MethodOptions_IdempotencyLevel.NO_SIDE_EFFECTS;
      const getUrl = `${url}?connect=v1&encoding=${codec.name}&`;
      const query = options.useHttpGet && readOnly ? codec.toQuery(body) : undefined;
      if (query !== undefined && getUrl.length + query.length <= longestGetUrl) {
        url = getUrl + query;
        init.method = "GET";
      } else {
        headers.set("content-type", contentType);
        headers.set("connect-protocol-version", "1");
        init.body = body;
      }

      // Looked up at the call, so that a fetch replaced later (by a test, by a tracer) is used.
      const { response, bytes } = await reach(signal, async () => {
        const answer = await (options.fetch ?? globalThis.fetch)(url, init);
        return { response: answer, bytes: await readBody(answer, options.maxResponseBytes) };
      });
      const { status, headers: metadata } = response;
      const trailer = new Headers();
      metadata.forEach((value, name) => {
        if (name.startsWith("trailer-")) trailer.append(name.slice(8), value);
      });
      if (status !== 200) {
        throw (
          wireError(status, joined(metadata, trailer), bytes) ??
          new UnexpectedResponseError(refusal(response, url), {
            metadata,
            // As the protocol maps a status that it has no use for.
            code: status === 400 ? Code.Internal : Code.Unknown,
          })
        );
      }
      const type = metadata.get("content-type");
      if (type?.split(";")[0]?.trim().toLowerCase() !== contentType) {
        throw new UnexpectedResponseError(
          `the server answers ${type ?? "no content type"}, not ${contentType}`,
          { metadata },
        );
      }
      try {
        const message = codec.decode(method.output, bytes);
        return { stream: false, service: method.parent, method, header: metadata, message, trailer };
      } catch (cause) {
        throw new UnexpectedResponseError("the answer is cut, or no message of this method", {
          cause,
          metadata,
        });
      }
    },
    stream() {
      throw new ConnectError("the transport over fetch does not stream", Code.Unimplemented);
    },
  };
}

/** Runs what needs the network; its failure to give any answer is a {@link NetworkError}. */
async function reach<T>(signal: AbortSignal | undefined, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    if (signal?.aborted || cause instanceof ApiError) throw cause;
    // fetch hides the reason ("fetch failed") one cause deeper.
    const reason = cause instanceof Error ? (cause.cause ?? cause) : cause;
    throw new NetworkError(reason instanceof Error ? reason.message || reason.name : String(reason), {
      cause,
    });
  }
}

/** What is wrong with a response that is no answer. Of a redirect's target the origin alone: the rest may hold secrets. */
function refusal({ status, type, headers }: Response, url: string): string {
  if (type !== "opaqueredirect" && (status < 300 || status > 399)) return `HTTP ${status}`;
  const target = headers.get("location");
  const origin = target && URL.canParse(target, url) ? ` to ${new URL(target, url).origin}` : "";
  return `the server redirects${origin}, where the token must not go`;
}

function joined(header: Headers, trailer: Headers): Headers {
  const all = new Headers(header);
  for (const [name, value] of trailer) all.append(name, value);
  return all;
}
