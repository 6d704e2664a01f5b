import { getEventListeners } from "node:events";
import { mustBe, type Step } from "./step.js";
import type { Subject, Timer } from "./subject.js";

export const advance: Step = ({ random }, { server: { clock } }) => {
  clock.advance(random.pick([0, 1, 1_000, "10m", "2h"]));
};

export const setClock: Step = ({ random }, { server: { clock } }) => {
  clock.set(clock.now() + random.pick([-3_600_000, -1, 0, 60_000]));
};

export const run: Step = (_run, { server: { clock } }) => {
  const now = clock.now();
  clock.run();
  mustBe(clock.now(), now, "the time of a clock that starts");
};

/** Stops the clock of a server. */
export function freeze({ server: { clock } }: Subject): void {
  const now = clock.now();
  clock.freeze();
  mustBe(clock.now(), now, "the time of a clock that stops");
}

export const passTime: Step = (run) => run.passTime(run.random.pick([1, 50, 7_000]));

export const setTimer: Step = (run, subject) => {
  const { clock } = subject.server;
  const ms = run.random.pick([0, 500, 60_000]);
  const timer: Timer = {
    at: clock.now() + Math.max(1, ms),
    cancel: clock.setTimeout(() => run.check(() => fire()), ms),
    state: "waits",
  };
  subject.timers.push(timer);

  function fire(): void {
    if (timer.state !== "waits") throw new Error(`a timer fires that has ${timer.state}`);
    if (clock.now() < timer.at) throw new Error("a timer fires early");
    const earlier = subject.timers.find(({ state, at }) => state === "waits" && at < timer.at);
    if (earlier !== undefined) throw new Error("a timer fires before an earlier one");
    timer.state = "fired";
    subject.isTouched = true;
    if (run.random.chance(0.4)) run.step(subject);
  }
};

export const cancelTimer: Step = ({ random }, { timers }) => {
  const timer = random.pick(timers);
  if (timer !== undefined) cancel(timer);
};

/** Cancels a timer. One that has fired, for example, stays as it is. */
export function cancel(timer: Timer): void {
  timer.cancel();
  if (timer.state === "waits") timer.state = "canceled";
}

export const sleep: Step = (run, subject) => {
  const { clock } = subject.server;
  const abort = new AbortController();
  const era = subject.eras;
  subject.open++;
  const end = (isDone: boolean) =>
    run.check(() => {
      subject.open--;
      if (!isDone && subject.eras === era && !abort.signal.aborted) throw new Error("a sleep is dropped");
      mustBe(getEventListeners(abort.signal, "abort").length, 0, "listeners after a sleep");
    });
  clock.sleep(5_000, abort.signal).then(
    () => end(true),
    () => end(false),
  );
  if (run.random.chance(0.3)) abort.abort();
};
