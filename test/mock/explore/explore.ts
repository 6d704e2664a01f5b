import { type RealTime, Run } from "./run.js";

/**
 * Runs one random order of steps and calls. Returns all that has happened, as text.
 *
 * @throws Error with the story if a rule is broken.
 */
export async function explore(seed: number): Promise<string> {
  const realTime: RealTime = { now: 1_000 };
  const RealEvent = globalThis.Event;
  // A running clock reads the real time from it.
  globalThis.Event = class extends RealEvent {
    override get timeStamp(): number {
      return realTime.now;
    }
  };
  const timers = realTimers();
  let run: Run | undefined;
  try {
    run = new Run(seed, realTime);
    await run.run();
    // A timer of an earlier test may have ended.
    if (realTimers() > timers) throw new Error("a real timer is left");
    return run.story.join("\n");
  } catch (reason) {
    const message = reason instanceof Error ? (reason.stack ?? reason.message) : String(reason);
    throw new Error(`seed ${seed}: ${message}\n${run?.story.join("\n")}`);
  } finally {
    globalThis.Event = RealEvent;
  }
}

function realTimers(): number {
  return process.getActiveResourcesInfo().filter((name) => name === "Timeout").length;
}
