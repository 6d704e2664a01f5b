import { readFile } from "node:fs/promises";
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from "node:http";
import { extname, join, normalize } from "node:path";
import { listenLocally } from "../../support/listen-locally.js";

/** A listening server. */
export interface Served {
  readonly url: string;
  close(): Promise<void>;
}

/** The response for a path: a text, or a function that sends the response. */
export type Routes = Readonly<Record<string, string | RequestListener>>;

const types: Readonly<Record<string, string>> = {
  ".css": "text/css",
  ".html": "text/html",
  ".js": "text/javascript",
  ".svg": "image/svg+xml",
  ".woff2": "font/woff2",
};

/** Serves the responses of `routes`, and the files of a directory. */
export async function serve({
  directory,
  routes = {},
}: {
  directory?: string;
  routes?: Routes;
}): Promise<Served> {
  async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? "", "http://localhost");
    const path = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
    const route = routes[path];
    if (typeof route === "function") {
      route(request, response);
      return;
    }
    const body =
      route ??
      (directory === undefined
        ? undefined
        : await readFile(join(directory, normalize(path))).catch(() => undefined));
    if (body === undefined) response.writeHead(404).end();
    else response.writeHead(200, { "content-type": types[extname(path)] ?? "text/plain" }).end(body);
  }

  const server = createServer((request, response) => void respond(request, response));
  const listener = await listenLocally(server);
  return { url: `http://localhost:${listener.port}/`, close: async () => listener[Symbol.asyncDispose]() };
}
