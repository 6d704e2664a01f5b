import type { Vydon } from "../state/state.js";

const rowId = "lost";

/** Sets how many of the issuer's next responses get lost. */
export function loseAnswers({ state }: Vydon, count: number): void {
  state.lostAnswers.delete(rowId);
  if (count > 0) state.lostAnswers.insert({ id: rowId, left: count });
}

/** Whether the response at hand is to be lost. It counts as one then. */
export function isLost(vydon: Vydon): boolean {
  const left = vydon.state.lostAnswers.get(rowId)?.left ?? 0;
  if (left === 0) return false;
  loseAnswers(vydon, left - 1);
  return true;
}
