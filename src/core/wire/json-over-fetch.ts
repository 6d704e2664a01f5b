import type { ClientTransport } from "../call/transport.js";
import { ApiError } from "../errors/api-error.js";
import { isBadCompression } from "../errors/network.js";
import { requestIdIn } from "../errors/server-error.js";
import { networkError } from "../errors/to-api-error.js";
import { brokenResponse, notFromApi } from "../errors/unexpected-response.js";
import { parseJson } from "../json/parse-json.js";
import { checkBaseUrl, isInsecure } from "./base-url.js";
import { fetchWith } from "./fetch-with.js";
import { httpError, isJson } from "./http-error.js";
import { readBytes } from "./read-bytes.js";
import { userAgent } from "./user-agent.js";

/** A longer URL may not pass every proxy. Such a read is sent as POST. */
const longestGetUrl = 4096;

/** The client options for this transport. */
interface FetchOptions {
  readonly fetch?: typeof globalThis.fetch | undefined;
  readonly useHttpGet?: boolean | undefined;
  readonly maxResponseBytes?: number | undefined;
  readonly allowInsecureAuth?: boolean | undefined;
}

/**
 * Creates a client's own transport: unary calls of the Connect protocol, as JSON over `fetch`. See
 * `docs/decisions/json-at-the-core.md` for the reasons.
 */
export function jsonOverFetch(baseUrl: string, options: FetchOptions): ClientTransport {
  const agent = userAgent();
  const mustNotCarrySecrets = !options.allowInsecureAuth && isInsecure(new URL(baseUrl));
  return {
    async send({ method, message, headers: given, hasSecret, signal, timeoutMs, clock }) {
      // The constructor checks only `auth`, not the headers and messages of each call.
      if (mustNotCarrySecrets && (hasSecret || given["authorization"])) checkBaseUrl(baseUrl, true);
      const body = JSON.stringify(message);
      let url = `${baseUrl}/${method.service}/${method.name}`;
      const query =
        options.useHttpGet && method.idempotency === "no_side_effects"
          ? `?connect=v1&encoding=json&message=${encodeURIComponent(body)}`
          : "";
      const asGet = query && url.length + query.length <= longestGetUrl;
      // The protocol's own headers come last, so that nothing overrides them. (A spread before other keys costs V8 1
      // µs.)
      const headers: Record<string, string> = Object.assign(
        {},
        agent,
        given,
        !asGet && { "content-type": "application/json", "connect-protocol-version": "1" },
        timeoutMs && { "connect-timeout-ms": String(timeoutMs) },
      );
      // `httpError` refuses a redirect, because it would get the token. (With `redirect: "error"`, the target is
      // unknown, and some runtimes do not have it.)
      const init: RequestInit = { method: "POST", headers, redirect: "manual", signal: signal ?? null };
      if (asGet) {
        url += query;
        init.method = "GET";
      } else init.body = body;

      let response: Response | undefined;
      let text: string;
      try {
        response = await fetchWith(url, init, options.fetch);
        text = new TextDecoder().decode(await readBytes(response, options.maxResponseBytes));
      } catch (cause) {
        if (cause instanceof ApiError) throw cause;
        // The status of an error is enough, even if its body is cut.
        if (response && response.status !== 200 && !signal?.aborted)
          throw httpError(response, "", url, clock.now());
        throw isBadCompression(cause) ? brokenResponse({ cause }) : networkError(cause);
      }
      if (response.status !== 200) throw httpError(response, text, url, clock.now());
      return { body: parse(response, text), status: 200, headers: response.headers };
    },
  };
}

function parse({ headers }: Response, text: string): unknown {
  if (!isJson(headers)) {
    const type = headers.get("content-type") ?? "without a type";
    throw notFromApi(`${type}, not JSON`, { requestId: requestIdIn(headers) });
  }
  const body = parseJson(text);
  // The error has no cause, because the cause's text would contain a part of the response, for example a new token.
  if (body === undefined) throw brokenResponse({ requestId: requestIdIn(headers) });
  return body;
}
