import { adminRoutes } from "../../admin/service.js";
import { apis } from "../../apis.js";
import { methodPath } from "../../engine/http/fetch.js";
import type { MockServer } from "../../mock-server.js";
import { createInspector, isFromBrowser } from "../inspector/create-inspector.js";
import { createAdapter } from "./adapter.js";
import type { Connections } from "./connections.js";
import { withCors } from "./cors.js";
import { withEmptyMessages } from "./empty-message.js";
import { withEndpoints } from "./endpoints.js";
import { createGuard, isControl, withGuard } from "./guard.js";
import { indexText, type SampleTokens } from "./index-page.js";
import type { NodeHandler } from "./node-handler.js";
import { authorityOf, isRead, type NodeRequest, pathOf, searchOf, splitWorld } from "./request-parts.js";
import { withCleanPaths, withMethodPath } from "./rewrite-path.js";
import { sendError, sendNotFound, sendText } from "./send.js";
import type { ListenedWorlds } from "./worlds/listened-worlds.js";
import { worldsEndpoint } from "./worlds/worlds-endpoint.js";

/** What the handling of requests depends on. */
interface PipelineOptions {
  readonly host: string;
  readonly admin?: boolean;
  readonly cors?: boolean;
  readonly allowedHosts?: readonly string[];
  readonly connections: Connections;
  readonly worlds: ListenedWorlds;
  readonly tokens: SampleTokens;
}

const endpointPaths = Object.values(apis).flatMap(({ endpoints = [] }) => endpoints.map(methodPath));

/** Handles all requests of a listener: those to control the server behind a guard, the others with CORS. */
export function createPipeline(server: MockServer, options: PipelineOptions): NodeHandler {
  const { host, admin = false, cors = true, allowedHosts = [], worlds } = options;
  const guard = createGuard(host, allowedHosts);
  const handlerOf = worldHandlers(options);
  // The admin service without a path is that of the server itself, whatever token is sent.
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
  const guarded = withGuard(guard, withCleanPaths(control));
  const called = cors ? withCors(withCleanPaths(callWorlds)) : withCleanPaths(callWorlds);

  return (request, response) => {
    const path = pathOf(request);
    const isGet = isRead(request);
    const { world, rest } = splitWorld(path);
    if (isGet && path === "/healthz") sendText(response, 200, "ok\n");
    else if (isGet && rest === "/" && (world === undefined || server.worlds.get(world) !== undefined)) {
      // A token to try is for those who may sign in anyway.
      const mayControl = admin && guard(request) === undefined;
      if (isFromBrowser(request) && mayControl === admin) {
        inspect(request, response);
        return;
      }
      const origin = `http://${authorityOf(request)}`;
      const url = world === undefined ? origin : `${origin}/w/${world}`;
      sendText(response, 200, indexText({ url, origin, world, admin: mayControl, tokens: options.tokens }));
    } else (isControl(request) ? guarded : called)(request, response);
  };
}

/** Makes the handler of each server at its first request. */
function worldHandlers({ connections, admin, worlds }: PipelineOptions): (world: MockServer) => NodeHandler {
  const handlers = new WeakMap<MockServer, NodeHandler>();
  return (world) => {
    const known = handlers.get(world);
    if (known !== undefined) return known;
    const adapter = createAdapter(connections, (router) => {
      world.routes(router);
      if (admin) adminRoutes(world, worlds, router);
    });
    const services = world.lenient ? withEmptyMessages(adapter) : adapter;
    const handler = withMethodPath(withEndpoints(services, endpointPaths, world.fetch, connections));
    handlers.set(world, handler);
    return handler;
  };
}

/** Hands each request to the world that its path names. `withoutPath` finds the world of the others. */
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
