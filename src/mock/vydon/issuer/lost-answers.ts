import { Countdown } from "../state/countdown.js";
import type { Vydon } from "../state/state.js";

/** Returns the countdown of the issuer's next responses to lose. */
export function lostAnswersOf({ state }: Pick<Vydon, "state">): Countdown {
  return new Countdown(state.lostAnswers, "lost");
}
