import { readFile } from "node:fs/promises";
import type { MockSeed } from "../../apis.js";
import type { MockServer } from "../../mock-server.js";
import { createWithHooks } from "../../server.js";
import { listen } from "../listener/listen.js";
import type { MockArguments } from "./arguments.js";
import { lineOf } from "./log-line.js";
import { openRecord } from "./record.js";
import { welcome } from "./welcome.js";

/** Where the command writes, and what ends it. */
export interface CommandContext {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Ends the command when it aborts. */
  readonly signal: AbortSignal;
}

/** Runs `tenantry mock` until the signal aborts. @throws Error if it cannot start, or if the record cannot be written. */
export async function runMock(args: MockArguments, { out, signal }: CommandContext): Promise<void> {
  const { apis, cloud, rbac, lenient, latencyMs, port, host, admin } = args;
  const options = { vydon: { cloud, rbac } };
  let faults: unknown = [];
  const addLatency = ({ faults }: MockServer) => void (latencyMs > 0 && faults.inject({ latencyMs }));

  const server = createWithHooks(
    { now: new Date(), apis, lenient, ...options },
    {
      prepare(each) {
        each.faults.load(faults);
        addLatency(each);
        // A reset stops the clock. The clocks of this command run from their start.
        each.clock.run();
      },
    },
  );
  const seed = await useFile<MockSeed>("seed file", args.seed, {}, (json) => server.seed(json));
  faults = await useFile<unknown>("file of faults", args.faults, [], (json) => server.faults.load(json));
  addLatency(server);
  const record = args.record === undefined ? undefined : await openRecord(args.record);
  try {
    if (record !== undefined) server.calls.watch(record.write);
    const listener = await listen(server, { port, host, admin });
    out(welcome(server, { apis, options, seed, url: listener.url, admin }));
    // After the welcome, so that its tokens stay valid after a reset.
    server.seed({});
    if (!args.quiet) server.calls.watch((call) => out(`${lineOf(call)}\n`));
    // Clients of a listener live in real time.
    server.clock.run();
    await aborted(signal);
    await listener.close();
    server.clock.freeze();
  } finally {
    await record?.close();
  }
}

/** Reads a file of JSON, and gives it to `use`. Returns the JSON, or `otherwise` without a file. @throws Error that names the file. */
async function useFile<T>(
  what: string,
  file: string | undefined,
  otherwise: T,
  use: (json: T) => void,
): Promise<T> {
  if (file === undefined) return otherwise;
  try {
    const json: T = JSON.parse(await readText(file));
    use(json);
    return json;
  } catch (error) {
    throw new Error(`cannot use the ${what} ${file}: ${error instanceof Error ? error.message : error}`);
  }
}

/** Reads a file without its byte order mark, in UTF-8 or, as PowerShell writes it, in UTF-16. */
async function readText(file: string): Promise<string> {
  const bytes = await readFile(file);
  const isUtf16 = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(isUtf16 ? "utf-16le" : "utf-8").decode(bytes);
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
