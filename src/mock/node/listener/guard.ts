import { AdminService } from "../../../../gen/tenantry/mock/v1/admin_pb.js";
import { parseUrl } from "../../engine/parse-url.js";
import { isLoopback } from "../is-loopback.js";
import { authorityOf, type NodeHandler, type NodeRequest, pathOf, splitWorld } from "./node-http.js";
import { sendText } from "./send.js";

/**
 * Checks whether a request is one that controls the server: its path is the path of the admin service, of the worlds,
 * or of the inspector below `/_/`.
 */
export function isControl(request: NodeRequest): boolean {
  const path = pathOf(request);
  return path.includes(AdminService.typeName) || /^\/(worlds|_)(\/|$)/.test(splitWorld(path).rest);
}

/** Returns why a request may not control the server. Undefined if it may. */
export type Guard = (request: NodeRequest) => string | undefined;

/**
 * Prevents web pages from controlling the server. A browser sends the origin of a page with its requests. With DNS rebinding, the host
 * name of a page resolves to this machine, and the browser sends this name as the `Host`.
 *
 * @param host - the address at which the listener listens.
 * @param allowedHosts - other names of the server, in addition to `host` and the names of this machine.
 */
export function createGuard(host: string, allowedHosts: readonly string[]): Guard {
  const known = new Set(
    [host, ...allowedHosts].map((name) => parseUrl(`http://${urlHost(name)}`)?.hostname ?? name),
  );

  return (request) => {
    const authority = authorityOf(request);
    const url = parseUrl(`http://${authority}`);
    const name = url?.hostname;
    const isKnown =
      name !== undefined && (known.has(name) || isThisMachine(name) || isOwnAddress(request, name));
    if (!isKnown) {
      return `the Host header is "${authority}", which is not a name of this server. To allow it, call listen(server, { allowedHosts: ["${name ?? "name"}"] }), or start tenantry mock --allowed-hosts ${name ?? "NAME"}.`;
    }
    const { origin } = request.headers;
    if (origin === undefined || parseUrl(origin)?.host === url?.host) return undefined;
    return `the request comes from a page of ${origin}, and only pages of this server itself may control it. Call it from your test's own process instead, such as with curl.`;
  };
}

/** Responds with 403 to requests that the guard refuses. The responses have no CORS headers. */
export function withGuard(guard: Guard, next: NodeHandler): NodeHandler {
  return (request, response) => {
    const reason = guard(request);
    if (reason === undefined) {
      next(request, response);
      return;
    }
    sendText(response, 403, `403 ${reason}\n`);
  };
}

/** Returns an address in the form that it has in a URL. */
function urlHost(name: string): string {
  return name.includes(":") && !name.startsWith("[") ? `[${name}]` : name;
}

function isThisMachine(name: string): boolean {
  return isLoopback(name) || name.endsWith(".localhost");
}

/** Checks whether the name is the address that the client connected to. No page of another origin has it. */
function isOwnAddress({ socket }: NodeRequest, name: string): boolean {
  const address = socket.localAddress?.replace(/^::ffff:/, "");
  return address !== undefined && name === urlHost(address);
}
