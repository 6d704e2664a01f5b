import { describe, it } from "vitest";
import { type Exchange, readRecording } from "./exchange.js";
import { expectAsRecorded, recordedServer, recordings, token } from "./replay.js";
import { sendInProcess } from "./send.js";

/** Headers of a connection. `server.fetch` has no connection. */
const ofConnection = ["connection", "date", "transfer-encoding", "content-encoding"];

/** Converts an exchange to what `server.fetch` returns: without compression, and without gRPC, because a Response has no trailers. */
function inProcess(exchange: Exchange): Exchange {
  const headers = exchange.headers
    .filter((line) => !ofConnection.includes(line.split(":")[0]?.toLowerCase() ?? ""))
    .map((line) => line.replace(/application\/grpc(\+[a-z]+(; charset=utf-8)?)?, /g, ""));
  return { ...exchange, headers };
}

/** Checks whether an exchange needs a connection: HTTP/2, gRPC, or a redirect, which fetch would follow. */
function needsConnection({ http, status, request }: Exchange): boolean {
  return http === 2 || status === 307 || request.headers["content-type"] === "application/grpc";
}

describe.each(recordings)("server.fetch returns the recorded responses of %s", (name, options) => {
  const { fetch } = recordedServer(options);
  const exchanges = readRecording(name, token).filter((exchange) => !needsConnection(exchange));

  it.each(exchanges)("$probe", async (exchange) => {
    expectAsRecorded(inProcess(exchange), await sendInProcess(fetch, exchange.request));
  });
});
