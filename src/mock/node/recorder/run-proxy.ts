import { once } from "node:events";
import { messageOf } from "../../engine/message-of.js";
import { parseUrl } from "../../engine/parse-url.js";
import type { MockArguments } from "../command/arguments.js";
import { inOneLine } from "../command/log-line.js";
import type { CommandContext } from "../command/run-mock.js";
import { isLoopback } from "../is-loopback.js";
import { Connections } from "../listener/connections.js";
import { withCors } from "../listener/cors.js";
import { createGuard, type Guard } from "../listener/guard.js";
import type { NodeHandler } from "../listener/node-http.js";
import { openPort } from "../listener/open-port.js";
import { sendText } from "../listener/send.js";
import { proxyHandler } from "./proxy-handler.js";
import { CallRecorder, type RecordedLine } from "./record-call.js";
import { createRecording, type RecordingFile } from "./recording-file.js";
import { readTarget } from "./target.js";

/** The command's arguments that the proxy uses. */
export type ProxyArguments = Pick<
  MockArguments,
  "record" | "force" | "allowInsecureAuth" | "port" | "host" | "allowedHosts" | "quiet"
> & { readonly proxy: string };

/** Runs `tenantry mock --proxy` until the signal aborts. @throws Error if it cannot start, or if the recording cannot be written. */
export async function runProxy(
  { proxy, record, force, allowInsecureAuth, port, host, allowedHosts, quiet }: ProxyArguments,
  { out, err, signal }: CommandContext,
): Promise<void> {
  const target = readTarget(proxy, allowInsecureAuth);
  let file: RecordingFile | undefined;
  const recorder = new CallRecorder();
  let broken: unknown;
  const log = (path: string, outcome: string) => {
    if (!quiet) out(`${new Date().toISOString()} ${inOneLine(`${path.slice(1)} ${outcome}`)}\n`);
  };
  const passOn = proxyHandler(target, {
    onExchange(exchange) {
      let line: RecordedLine | undefined;
      try {
        line = file && recorder.record(exchange);
      } catch {
        // The client gets the response all the same. The error is not shown, because it may contain a secret.
        log(exchange.path, `${exchange.status} could not be recorded`);
        return;
      }
      log(exchange.path, `${exchange.status} ${outcomeOf(line)}`);
      if (line === undefined || broken !== undefined) return;
      try {
        file?.write(line);
      } catch (error) {
        // Calls are still passed on. The command ends with this error.
        broken = error;
        err(`tenantry: ${messageOf(error)}\n`);
      }
    },
    onFailure: (path, why) => log(path, `not passed on: ${why}`),
  });
  const handler = onlyLocal(passOn, createGuard(host, allowedHosts));
  const listener = await openPort({ port, host, handler, connections: new Connections() });
  try {
    // The file is created only now, so that a start that fails changes no file. No call has come in yet.
    if (record !== undefined) file = createRecording(record, force, Date.now());
    out(greeting(listener.url, target.url.origin + target.basePath, record));
    if (!signal.aborted) await once(signal, "abort");
  } finally {
    await listener.close();
    file?.close();
  }
  if (broken !== undefined) throw broken;
}

/** Returns the outcome of a call for the log. */
function outcomeOf(line: RecordedLine | undefined): string {
  if (line === undefined) return "not recorded";
  return line.unrecorded?.includes("the response") ? "response not recorded" : (line.code ?? "ok");
}

function greeting(url: string, server: string, record: string | undefined): string {
  const recording = record === undefined ? "" : `Recorded in ${record}, without tokens, emails and names.\n`;
  return `tenantry mock listens at ${url}
and passes on calls of the Connect protocol to ${server}; stop it with Ctrl+C.
${recording}
`;
}

/**
 * Allows calls from programs, and from pages that this machine serves. The proxy passes calls on to a real server. So pages of other
 * origins may not call it, even if their name resolves to this machine.
 */
function onlyLocal(next: NodeHandler, guard: Guard): NodeHandler {
  const allowing = withCors(next);
  return (request, response) => {
    const origin = parseUrl(request.headers.origin ?? "");
    if (origin !== undefined && isLoopback(origin.hostname)) {
      allowing(request, response);
    } else if (guard(request) === undefined) {
      next(request, response);
    } else {
      sendText(
        response,
        403,
        "403 the proxy accepts calls from programs, and from pages of this machine. If the host is a name of this machine, start the proxy with --allowed-hosts NAME.\n",
      );
    }
  };
}
