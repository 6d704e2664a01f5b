import { Countdown } from "../state/countdown.js";
import type { Vydon } from "../state/state.js";

/** Returns the countdown of the issuer's next responses to lose. */
export function lostResponsesOf({ state }: Pick<Vydon, "state">): Countdown {
  return new Countdown(state.lostResponses, "lost");
}
