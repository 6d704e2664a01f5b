import { once } from "node:events";
import type { MockSeed } from "../../apis.js";
import { messageOf } from "../../engine/message-of.js";
import { requireInternals } from "../../internals.js";
import type { MockServer } from "../../mock-server.js";
import { createMockServer } from "../../server.js";
import { serve } from "../listener/listen.js";
import type { MockArguments } from "./arguments.js";
import { openCallFile } from "./call-file.js";
import { lineOf } from "./log-line.js";
import { readText } from "./read-text.js";
import { sampleTokens, welcome } from "./welcome.js";

/** The output of a command, and the signal that ends it. */
export interface CommandContext {
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
  /** Ends the command when it aborts. */
  readonly signal: AbortSignal;
}

/** Runs `tenantry mock` until the signal aborts. @throws Error if it cannot start, or if the record cannot be written. */
export async function runMock(args: MockArguments, { out, signal }: CommandContext): Promise<void> {
  const { apis, vydon, lenient, requestIds, latencyMs, port, host, admin, allowedHosts } = args;
  const options = { vydon };
  const server = createMockServer({ now: new Date(), apis, lenient, requestIds, ...options });
  const seed = await useFile<MockSeed>("seed file", args.seed, {}, (json) => server.seed(json));

  function addLatency({ faults }: MockServer): void {
    if (latencyMs > 0) faults.inject({ latencyMs });
  }

  // The latency comes first, because a fault that makes a call fail hides the faults after it.
  addLatency(server);
  const faults = await useFile<unknown>("file of faults", args.faults, [], (json) =>
    server.faults.load(json),
  );
  const record = args.record === undefined ? undefined : await openCallFile(args.record, args.force);

  function watch(reached: MockServer): void {
    const { calls, world } = reached;
    if (record !== undefined) calls.watch((call) => record.write(call, reached));
    if (!args.quiet) calls.watch((call) => out(`${lineOf(call, world)}\n`));
  }

  const { hooks } = requireInternals(server);
  hooks.onWorld = watch;
  hooks.prepare = (each) => {
    addLatency(each);
    each.faults.load(faults);
    // A reset stops the clock, but the clocks of this command must run from the start.
    each.clock.run();
  };
  watch(server);
  try {
    const tokens = sampleTokens(server, apis, seed);
    // The saved state then includes the tokens: they stay valid after a reset, and are valid in each world.
    server.seed({});
    const listener = await serve(server, { port, host, admin, allowedHosts }, tokens);
    try {
      // The record is cleared only now, so that a start that fails keeps the record of an earlier run. No call has come in yet.
      record?.clear();
      out(welcome({ apis, options, tokens, url: listener.url, admin }));
      // Clients of a listener use real time.
      server.clock.run();
      if (!signal.aborted) await once(signal, "abort");
    } finally {
      await listener.close();
    }
  } finally {
    await record?.close();
  }
}

/** Reads a JSON file, and calls `use` with it. Returns the JSON, or `otherwise` if there is no file. @throws Error that names the file. */
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
    throw new Error(`cannot use the ${what} ${file}: ${messageOf(error)}`);
  }
}
