import type { IncomingHttpHeaders } from "node:http";
import type { HeaderValues } from "./exchange.js";

/** Headers of one connection, which a proxy does not pass on. */
const hopByHop: ReadonlySet<string> = new Set([
  "connection",
  "http2-settings",
  "keep-alive",
  "proxy-authenticate",
  "proxy-authorization",
  "proxy-connection",
  "te",
  "trailer",
  "transfer-encoding",
  "upgrade",
]);

/** The encodings that the recorder can read. */
const encodings: ReadonlySet<string> = new Set(["gzip", "br", "deflate", "identity"]);

/** Returns the headers of a request as the real server gets them. */
export function forServer(headers: IncomingHttpHeaders, bodyLength: number | undefined): HeaderValues {
  const passed = withoutConnection(headers);
  for (const name of ["host", "expect", "content-length", "accept-encoding"]) passed.delete(name);
  if (bodyLength !== undefined) passed.set("content-length", String(bodyLength));
  passed.set("accept-encoding", acceptable(String(headers["accept-encoding"] ?? "")));
  return Object.fromEntries(passed);
}

/** Returns the headers of the real server's response as the client gets them. Several headers of one name are not joined, because of cookies. */
export function forClient(headers: IncomingHttpHeaders): Record<string, string | string[]> {
  const names = withoutConnection(headers).keys();
  return Object.fromEntries(Array.from(names, (name) => [name, headers[name] ?? ""]));
}

/** Returns headers as single values. */
export function valuesOf(headers: IncomingHttpHeaders): HeaderValues {
  return Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, typeof value === "string" ? value : value.join(", ")]],
    ),
  );
}

function withoutConnection(headers: IncomingHttpHeaders): Map<string, string> {
  const named = new Set((headers.connection ?? "").split(",").map((name) => name.trim().toLowerCase()));
  const kept = Object.entries(valuesOf(headers)).filter(
    // In HTTP/2, the method and the path are headers too. Their names begin with a colon.
    ([name]) => !hopByHop.has(name) && !named.has(name) && !name.startsWith(":"),
  );
  return new Map(kept);
}

/**
 * Returns the encodings that the client accepts and the recorder can read. If there are none, the response must not be
 * compressed.
 */
function acceptable(accepted: string): string {
  const kept = accepted.split(",").filter((each) => encodings.has(each.split(";", 1)[0]?.trim() ?? ""));
  return kept.length === 0 ? "identity" : kept.map((each) => each.trim()).join(", ");
}
