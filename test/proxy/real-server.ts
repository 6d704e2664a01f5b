import { mkdtemp, readFile, rm } from "node:fs/promises";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach } from "vitest";
import { type Listening, listenLocally } from "../support/listen-locally.js";

export const getUser = "/mgmt.v1alpha1.UserAccountService/GetUser";
export const json = { "content-type": "application/json" };

/** A request that the real server received. */
interface Received {
  readonly request: IncomingMessage;
  readonly body: string;
}

/** A server behind the proxy whose response each test can choose. */
interface RealServer {
  readonly url: string;
  readonly received: readonly Received[];
  respond: (request: IncomingMessage, response: ServerResponse) => void;
}

/** Opens a new server before each test, and closes it after the test. */
export function openRealServer(): RealServer {
  let received: Received[] = [];
  let listening: Listening;
  const real = {
    get url() {
      return listening.baseUrl;
    },
    get received() {
      return received;
    },
    respond: respondWithUser,
  };
  beforeEach(async () => {
    received = [];
    real.respond = respondWithUser;
    const server = createServer(async (request, response) => {
      let body = "";
      for await (const chunk of request) body += chunk;
      received.push({ request, body });
      real.respond(request, response);
    });
    listening = await listenLocally(server);
  });
  afterEach(() => listening[Symbol.asyncDispose]());
  return real;
}

function respondWithUser(_request: IncomingMessage, response: ServerResponse): void {
  response.writeHead(200, json);
  response.end('{"userId":"7a1c4c39-5d0e-4d2c-9a3c-0f6a3a3f9d10"}');
}

/** A folder for the recordings of a test file, which is removed after its last test. */
export function openFolder(): { readonly folder: string; next(): string } {
  let folder = "";
  let count = 0;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "tenantry-proxy-"));
  });
  afterAll(() => rm(folder, { recursive: true }));
  return {
    get folder() {
      return folder;
    },
    /** Returns the path of a new file. */
    next: () => join(folder, `recording-${++count}.jsonl`),
  };
}

/** Returns the lines of a recording. */
export async function linesOf(file: string) {
  const text = await readFile(file, "utf8");
  return text
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
}
