import type { VirtualClock } from "../engine/time/virtual-clock.js";
import { whenIdle } from "../engine/time/wait.js";
import type { Internals } from "../internals.js";
import { placeText } from "./cases.js";
import type { SeenCalls } from "./watch-calls.js";

/** The limits above which a run counts as endless. */
interface Limits {
  /** How far the clock may move while the test waits, in milliseconds. */
  readonly timeoutMs: number;
  readonly calls: number;
  /** The number of times that the clock may move while the test waits. */
  readonly waits: number;
}

/** How a run ended. */
export type Outcome =
  | { readonly passed: true; readonly calls: number; readonly waits: number }
  | { readonly passed: false; readonly error: unknown };

/** After this many turns of the event loop without a call or a wait, the clock moves to the next timer. */
const turnsBeforeSkip = 200;
/** After this many turns, the test counts as endless. Until then, it may be waiting for a file or a digest. */
const turnsBeforeEndless = 5_000;

/**
 * Runs a test on a server until it ends, and moves the server's clock whenever the test waits for it. Afterwards, it stops the
 * server: unfinished calls of the test get no response, and its waits never end.
 *
 * @throws the signal's reason if it aborts.
 */
export function runTest(
  { clock, lifetime }: Internals,
  seen: SeenCalls,
  test: () => unknown,
  limits: Limits,
  signal: AbortSignal | undefined,
): Promise<Outcome> {
  let isOver = false;
  let activity = -1;
  let restingTurns = 0;

  lifetime.allowStop();
  return new Promise((resolve, reject) => {
    function stop(settle: () => void): void {
      if (isOver) return;
      isOver = true;
      signal?.removeEventListener("abort", onAbort);
      clock.close();
      lifetime.stop();
      settle();
    }
    const pass = () => {
      // A wait may have been the test's last step.
      failIfEndless();
      stop(() => resolve({ passed: true, calls: seen.count, waits: clock.drift.moves }));
    };
    const fail = (error: unknown) => stop(() => resolve({ passed: false, error }));
    const onAbort = () => stop(() => reject(signal?.reason));

    function failIfEndless(): void {
      const why = whyEndless(clock, seen, limits, restingTurns);
      if (why !== undefined) fail(new Error(`the test did not end: ${why}. ${lastCallOf(seen)}`));
    }

    /** Runs once in each turn of the event loop. */
    function tick(): void {
      if (isOver) return;
      const now = seen.count + clock.revision;
      restingTurns = now === activity ? restingTurns + 1 : 0;
      activity = now;
      failIfEndless();
      try {
        if (restingTurns >= turnsBeforeSkip) clock.skip();
      } catch (error) {
        fail(error);
      }
      whenIdle(tick);
    }

    // If a test only makes calls, no further turn of the event loop begins.
    seen.onCall = failIfEndless;
    signal?.addEventListener("abort", onAbort, { once: true });
    if (signal?.aborted) onAbort();
    else Promise.resolve().then(test).then(pass, fail);
    tick();
  });
}

/** Returns why a test will not end. Undefined if it may end. */
function whyEndless(
  { drift }: VirtualClock,
  { count }: SeenCalls,
  { timeoutMs, calls, waits }: Limits,
  restingTurns: number,
): string | undefined {
  if (drift.ms > timeoutMs) return `it waited longer than timeoutMs, ${timeoutMs} ms of the world's clock`;
  if (count > calls) return `it made more than ${calls} calls`;
  if (drift.moves > waits) return `it waited more than ${waits} times`;
  if (restingTurns < turnsBeforeEndless) return undefined;
  return "it waits, but not on the world's clock (real timers do not move: wait on world.clock)";
}

function lastCallOf({ calls }: SeenCalls): string {
  const last = calls.at(-1);
  return last === undefined ? "It made no call." : `Its last call was ${placeText(last)}.`;
}
