import { readFile } from "node:fs/promises";
import type { MockServer } from "../../mock-server.js";
import type { MockSeed } from "../../options.js";
import { createMockServer } from "../../server.js";
import { listen } from "../listener/listen.js";
import type { MockArguments } from "./arguments.js";
import type { CommandContext } from "./context.js";
import { lineOf } from "./log-line.js";
import { openRecord } from "./record.js";
import { welcome } from "./welcome.js";

/** Runs `tenantry mock` until the signal aborts. @throws Error when it can't begin, or the record can't be written. */
export async function runMock(args: MockArguments, { out, signal }: CommandContext): Promise<void> {
  const { apis, cloud, rbac, lenient, port, host, admin } = args;
  const server = createMockServer({ now: new Date(), apis, lenient, vydon: { cloud, rbac } });
  const seed = await plantFile(server, args.seed);
  await armFile(server, args);
  const record = args.record === undefined ? undefined : await openRecord(args.record);
  try {
    if (record !== undefined) server.calls.watch(record.write);
    const listener = await listen(server, { port, host, admin });
    out(welcome(server, seed, listener.url, args));
    // After the welcome, so that a reset leaves its tokens valid.
    server.seed({});
    if (!args.quiet) server.calls.watch((call) => out(`${lineOf(call)}\n`));
    // Whoever calls from outside lives in real time.
    server.clock.run();
    await aborted(signal);
    await listener.close();
    server.clock.freeze();
  } finally {
    await record?.close();
  }
}

async function plantFile(server: MockServer, file: string | undefined): Promise<MockSeed> {
  if (file === undefined) return {};
  return using("seed file", file, async () => {
    const seed: MockSeed = JSON.parse(await readText(file));
    server.seed(seed);
    return seed;
  });
}

/** Sets the faults that the command line asks for, now and after each reset. */
async function armFile(server: MockServer, { faults: file, latencyMs }: MockArguments): Promise<void> {
  const faults =
    file === undefined
      ? []
      : await using("file of faults", file, async () => {
          const json: unknown = JSON.parse(await readText(file));
          server.faults.load(json);
          return json;
        });
  const { reset } = server;
  const late = () => void (latencyMs > 0 && server.faults.inject({ latencyMs }));
  late();
  server.reset = () => {
    reset();
    server.faults.load(faults);
    late();
    // A reset stops the clock. This server's clock runs from its start.
    server.clock.run();
  };
}

/** Reads a file without its byte order mark, in UTF-8 or, as PowerShell writes it, in UTF-16. */
async function readText(file: string): Promise<string> {
  const bytes = await readFile(file);
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? "utf-16le" : "utf-8").decode(bytes);
}

async function using<T>(what: string, file: string, use: () => Promise<T>): Promise<T> {
  try {
    return await use();
  } catch (error) {
    throw new Error(`cannot use the ${what} ${file}: ${error instanceof Error ? error.message : error}`);
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
