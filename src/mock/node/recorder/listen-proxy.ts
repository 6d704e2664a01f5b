import { isLoopback } from "../is-loopback.js";
import { Connections } from "../listener/connections.js";
import { withCors } from "../listener/cors.js";
import { createGuard, type Guard } from "../listener/guard.js";
import type { NodeHandler } from "../listener/node-handler.js";
import { type Listener, openPort } from "../listener/open-port.js";
import { sendText } from "../listener/send.js";

/** The address at which the proxy listens. */
interface ProxyAddress {
  readonly port: number;
  readonly host: string;
  /** Other names of this machine. */
  readonly allowedHosts: readonly string[];
}

/** Opens a port for a proxy. @throws Error if the port can't be opened. */
export async function listenProxy(
  handler: NodeHandler,
  { port, host, allowedHosts }: ProxyAddress,
): Promise<Listener> {
  const guarded = onlyLocal(handler, createGuard(host, allowedHosts));
  return openPort({ port, host, handler: guarded, connections: new Connections() });
}

/**
 * Allows calls from programs, and from pages that this machine serves. The proxy passes calls on to a real server. So pages of other
 * origins may not call it, even if their name resolves to this machine.
 */
function onlyLocal(next: NodeHandler, guard: Guard): NodeHandler {
  const allowing = withCors(next);
  return (request, response) => {
    const { origin } = request.headers;
    if (origin !== undefined && URL.canParse(origin) && isLoopback(new URL(origin).hostname)) {
      allowing(request, response);
    } else if (guard(request) === undefined) {
      next(request, response);
    } else {
      sendText(
        response,
        403,
        "403 the proxy takes calls of programs, and of pages from this machine. If this is the name of this machine, start it with --allowed-hosts NAME.\n",
      );
    }
  };
}
