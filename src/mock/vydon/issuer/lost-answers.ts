import { Countdown } from "../state/countdown.js";
import type { Vydon } from "../state/state.js";

/** Counts the next responses of the issuer that get lost. */
export function lostAnswersOf({ state }: Pick<Vydon, "state">): Countdown {
  return new Countdown(state.lostAnswers, "lost");
}
