import {
  type NodeHandler,
  type NodeRequest,
  type NodeResponse,
  pathOf,
  splitWorld,
} from "../listener/node-http.js";

/** Explains how to switch the inspector on. It loads nothing, not even a style. */
const offPage = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>tenantry mock</title>
<h1>A mock server of tenantry</h1>
<p>Its inspector is off, because the admin service is. Start the command with <code>tenantry mock --admin</code>,
or the listener with <code>listen(server, { admin: true })</code>.</p>
</html>
`;

const offPolicy = "default-src 'none'; frame-ancestors 'none'";

/**
 * Serves the inspector. A world has the same page as the server, with the world in its address.
 *
 * @param isOn - whether the admin service is served. Otherwise, a page explains how to switch it on.
 */
export function createInspector(isOn: boolean): NodeHandler {
  async function show(response: NodeResponse): Promise<void> {
    // Loaded at the first request, because most inspectors are never opened.
    const { page, policy } = isOn
      ? await import("../../../../gen/tenantry/mock/inspector.js")
      : { page: offPage, policy: offPolicy };
    response.writeHead(isOn ? 200 : 404, {
      "content-type": "text/html; charset=utf-8",
      "content-length": String(Buffer.byteLength(page)),
      "content-security-policy": policy,
      "cache-control": "no-store",
      "referrer-policy": "no-referrer",
      "x-content-type-options": "nosniff",
    });
    response.end(page);
  }

  return (request, response) => {
    const { world } = splitWorld(pathOf(request));
    if (world === undefined || !isOn) {
      void show(response);
      return;
    }
    response.writeHead(302, { location: `/_/?${new URLSearchParams({ world })}`, "content-length": "0" });
    response.end();
  };
}

/** Checks whether a request is from a browser that opens a page, not from a program. */
export function isFromBrowser({ headers }: NodeRequest): boolean {
  return headers.accept?.includes("text/html") === true;
}
