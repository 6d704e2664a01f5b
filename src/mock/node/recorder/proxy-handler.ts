import { buffer } from "node:stream/consumers";
import { canonicalType, connectTypes } from "../../engine/http/content-types.js";
import { methodPath } from "../../engine/http/fetch.js";
import { endAbandoned } from "../listener/adapter.js";
import {
  type NodeHandler,
  type NodeRequest,
  type NodeResponse,
  pathOf,
  searchOf,
} from "../listener/node-http.js";
import { sendJson } from "../listener/send.js";
import type { Exchange } from "./exchange.js";
import { forward } from "./forward.js";
import { forClient, forServer, valuesOf } from "./headers.js";
import type { Target } from "./target.js";

/** Callbacks for the outcome of each call. */
export interface ProxyEvents {
  /** Called when the real server has responded, before the client gets the response. */
  readonly onExchange: (exchange: Exchange) => void;
  /** Called if there is no response from the real server. `why` contains no secret. */
  readonly onFailure: (path: string, why: string) => void;
}

/** Passes Connect calls on to the real server. */
export function proxyHandler(target: Target, events: ProxyEvents): NodeHandler {
  return (request, response) => {
    pass(request, response, target, events).catch(() => endAbandoned(response));
  };
}

async function pass(
  request: NodeRequest,
  response: NodeResponse,
  target: Target,
  events: ProxyEvents,
): Promise<void> {
  const time = Date.now();
  const { method: httpMethod = "GET", headers } = request;
  const search = searchOf(request);
  const call = methodPath(pathOf(request));
  const refuse = ({ status, code, message }: Refusal) => {
    events.onFailure(call, message);
    sendJson(response, status, { code, message });
  };
  const query = new URLSearchParams(search);
  const refusal = refusalOf(request, call, query, target);
  if (refusal !== undefined) return refuse(refusal);

  const controller = new AbortController();
  response.on("close", () => controller.abort());
  const body = await buffer(request);
  try {
    const received = await forward(target, {
      method: httpMethod,
      path: call + search,
      headers: forServer(headers, httpMethod === "GET" ? undefined : body.byteLength),
      body,
      signal: controller.signal,
    });
    events.onExchange({
      time,
      httpMethod,
      path: call,
      query,
      requestHeaders: valuesOf(headers),
      requestBody: body,
      status: received.status,
      responseHeaders: valuesOf(received.headers),
      responseBody: received.body,
    });
    response.writeHead(received.status, forClient(received.headers));
    response.end(received.body);
  } catch (error) {
    if (controller.signal.aborted) {
      events.onFailure(call, "the client closed the connection before the server responded");
      return;
    }
    const reason = reasonOf(error);
    refuse({
      status: 503,
      code: "unavailable",
      message: `the proxy got no response from the server (${reason})`,
    });
  }
}

/** The proxy's own error for a call that it refuses. */
interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
}

/** Returns why the proxy refuses a call. Undefined if it passes the call on. */
function refusalOf(
  { method, headers }: NodeRequest,
  call: string,
  query: URLSearchParams,
  { mayGetTokens, url }: Target,
): Refusal | undefined {
  if (!/^\/[A-Za-z0-9_.]+\/[A-Za-z0-9_]+$/.test(call)) {
    return {
      status: 404,
      code: "unimplemented",
      message: "the proxy passes on only calls, and this path is not one: it must be /package.Service/Method",
    };
  }
  const type = canonicalType(headers["content-type"] ?? "");
  const isCall = method === "POST" ? connectTypes.includes(type) : method === "GET" && query.has("connect");
  if (!isCall) {
    const message = `the proxy passes on only calls of the Connect protocol: by GET, or by POST with the content type ${connectTypes.join(", ")}`;
    return { status: 415, code: "unimplemented", message };
  }
  if (!mayGetTokens && (headers.authorization !== undefined || headers.cookie !== undefined)) {
    const message = `the proxy sends no token to ${url.host} over plain http: use https, or start it with --allow-insecure-auth`;
    return { status: 400, code: "failed_precondition", message };
  }
  return undefined;
}

/** Returns why a connection failed: Node's code. Not its message, which may contain hosts and paths. */
function reasonOf(error: unknown): string {
  const code: unknown = error instanceof Error ? Reflect.get(error, "code") : undefined;
  return typeof code === "string" ? code : "the connection broke";
}
