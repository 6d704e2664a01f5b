import type { Run } from "./run.js";
import type { Subject } from "./subject.js";

/** What a test, a timer or a watcher can do to a server. Each step checks its own effect. */
export type Step = (run: Run, subject: Subject) => void;

/** Runs `act`, which may throw. Returns whether it did. Then it must have changed nothing. */
export function isRefused(subject: Subject, act: () => void): boolean {
  const before = subject.visible;
  try {
    act();
    return false;
  } catch (error) {
    if (subject.visible !== before) throw new Error(`a refused step changes ${subject.name}: ${error}`);
    return true;
  }
}

/** Throws an error if a value is not the expected one. */
export function mustBe(actual: unknown, expected: unknown, what: string): void {
  if (actual !== expected) throw new Error(`${what}:\n${actual}\ninstead of\n${expected}`);
}
