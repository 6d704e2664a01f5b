import { adminRoutes } from "../../admin/service.js";
import { apis } from "../../apis.js";
import { maxMessageBytes } from "../../engine/http/bytes.js";
import { methodPath } from "../../engine/http/fetch.js";
import { internalsOf } from "../../internals.js";
import type { MockServer } from "../../mock-server.js";
import { servedApis } from "../../served-apis.js";
import { createInspector, isFromBrowser } from "../inspector/create-inspector.js";
import { createAdapter } from "./adapter.js";
import type { Connections } from "./connections.js";
import { withCors } from "./cors.js";
import { withEndpoints } from "./endpoints.js";
import { createGuard, isControl, withGuard } from "./guard.js";
import { indexText, type SampleTokens } from "./index-page.js";
import {
  authorityOf,
  isRead,
  type NodeHandler,
  type NodeRequest,
  type NodeResponse,
  pathOf,
  searchOf,
  splitWorld,
} from "./node-http.js";
import { withCleanPaths, withMethodPath } from "./rewrite-path.js";
import { sendError, sendNotFound, sendText } from "./send.js";
import type { ListenedWorlds } from "./worlds/listened-worlds.js";
import { worldsEndpoint } from "./worlds/worlds-endpoint.js";

/** The parts of a pipeline. */
interface PipelineOptions {
  readonly host: string;
  readonly admin: boolean;
  readonly cors: boolean;
  readonly allowedHosts: readonly string[];
  readonly connections: Connections;
  readonly worlds: ListenedWorlds;
  readonly tokens: SampleTokens;
}

const endpointPaths = Object.values(apis).flatMap(({ endpoints = [] }) => endpoints.map(methodPath));

/** Creates the handler of all requests of a listener. A guard checks the requests that control the server. The others get CORS. */
export function createPipeline(server: MockServer, options: PipelineOptions): NodeHandler {
  const { host, admin, cors, allowedHosts, worlds } = options;
  const guard = createGuard(host, allowedHosts);
  const handlerOf = worldHandlers(options);
  // Without a world in the path, it is the admin service of the server itself, with any token.
  const controlWorlds = withWorlds(worlds, handlerOf, () => server);
  const callWorlds = withWorlds(worlds, handlerOf, ({ headers }) => worlds.byToken(headers.authorization));
  const makeWorlds = worldsEndpoint(worlds);
  const inspect = createInspector(admin);

  const control: NodeHandler = (request, response) => {
    const path = pathOf(request);
    if (isRead(request) && splitWorld(path).rest === "/_/") inspect(request, response);
    else if (admin && /^\/worlds(\/|$)/.test(path)) makeWorlds(request, response);
    else controlWorlds(request, response);
  };
  /** Sends the inspector to a browser, and a text to other clients. */
  const sendFront: NodeHandler = (request, response) => {
    // Only callers who may control the server get a token to try.
    const mayControl = admin && guard(request) === undefined;
    if (isFromBrowser(request) && mayControl === admin) {
      inspect(request, response);
      return;
    }
    const { world } = splitWorld(pathOf(request));
    const origin = `http://${authorityOf(request)}`;
    const url = world === undefined ? origin : `${origin}/w/${world}`;
    const { tokens } = options;
    sendText(
      response,
      200,
      indexText({ url, origin, world, apis: servedApis(server), admin: mayControl, tokens }),
    );
  };
  const guarded = withGuard(guard, withCleanPaths(control));
  const called = cors ? withCors(withCleanPaths(callWorlds)) : withCleanPaths(callWorlds);

  return (request, response) => {
    // The absolute form, which a proxy may send (RFC 9112, section 3.2.2).
    if (!request.url?.startsWith("/")) request.url = request.url?.replace(/^https?:\/\/[^/?]*/i, "") || "/";
    const authority = authorityOf(request);
    if (authority !== "" && !URL.canParse(`http://${authority}`)) {
      // Go servers respond in the same way.
      sendText(response, 400, "400 Bad Request: malformed Host header");
      return;
    }
    const path = pathOf(request);
    const { world, rest } = splitWorld(path);
    const isFront = rest === "/" && (world === undefined || server.worlds.get(world) !== undefined);
    if (isRead(request) && path === "/healthz") sendText(response, 200, "ok\n");
    else if (isRead(request) && isFront) sendFront(request, response);
    else (isControl(request) ? guarded : called)(request, response);
  };
}

/** Creates the handler of each server at its first request. */
function worldHandlers(options: PipelineOptions): (world: MockServer) => NodeHandler {
  const { connections, admin } = options;
  const handlers = new WeakMap<MockServer, NodeHandler>();
  return (world) => {
    const known = handlers.get(world);
    if (known !== undefined) return known;
    const apiServices = createAdapter(connections, world.routes, {
      lenient: world.lenient,
      lifetime: internalsOf(world)?.lifetime,
    });
    const services = admin ? withAdminService(apiServices, world, options) : apiServices;
    const handler = withMethodPath(withEndpoints(services, endpointPaths, world.fetch, connections));
    handlers.set(world, handler);
    return handler;
  };
}

/** Serves the admin service of a world. */
function withAdminService(
  next: NodeHandler,
  world: MockServer,
  { connections, worlds }: PipelineOptions,
): NodeHandler {
  const adminService = createAdapter(connections, (router) => adminRoutes(world, worlds, router), {
    lenient: world.lenient,
    lifetime: undefined,
    // An unknown field is a mistake, such as a seed without the field `seed` around it.
    jsonOptions: { ignoreUnknownFields: false },
    // A snapshot may be large.
    readMaxBytes: maxMessageBytes,
  });
  return (request, response) => {
    if (!isControl(request)) next(request, response);
    else if (request.method === "POST" && !isMessage(request, world.lenient))
      explainContentType(request, response);
    else adminService(request, response);
  };
}

/** Checks whether the content type is one of Connect, gRPC or gRPC-Web. It may be missing if the server is lenient. */
function isMessage({ headers }: NodeRequest, lenient: boolean): boolean {
  const type = headers["content-type"];
  return type === undefined ? lenient : /^application\/(json|proto|grpc)/i.test(type);
}

/** A Go server sends an empty 415. The admin service is ours, so it explains what curl sends without `-H`. */
function explainContentType(request: NodeRequest, response: NodeResponse): void {
  const type = request.headers["content-type"];
  const sent = type === undefined ? "there is no content type" : `the content type is "${type}"`;
  sendText(
    response,
    415,
    `415 ${sent}: send JSON with the header "content-type: application/json". With curl: -H 'content-type: application/json'.\n`,
  );
}

/** Passes each request to the world that its path names. `withoutPath` finds the world if the path names no world. */
function withWorlds(
  worlds: ListenedWorlds,
  handlerOf: (world: MockServer) => NodeHandler,
  withoutPath: (request: NodeRequest) => MockServer,
): NodeHandler {
  return (request, response) => {
    try {
      const { world: name, rest } = splitWorld(pathOf(request));
      const world = name === undefined ? withoutPath(request) : worlds.get(name);
      response.on("close", worlds.begin(world));
      if (name !== undefined) request.url = rest + searchOf(request);
      if (/^\/_(\/|$)/.test(rest)) sendNotFound(response);
      else handlerOf(world)(request, response);
    } catch (error) {
      sendError(request, response, error);
    }
  };
}
