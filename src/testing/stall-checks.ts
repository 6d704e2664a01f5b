import { expectSame, type WorldCheck } from "./check.js";
import { haltedAt, nameOf, signedIn } from "./refresh-scenario.js";
import { refreshSteps, sentSteps } from "./steps.js";

/** Longer than a lock is valid, but shorter than the time after which other processes send the refresh token. */
const shortMs = 15_000;
/** Longer than both of these times. */
const longMs = 45_000;

/** The checks of a process that stops and continues later, two for each step of a refresh. */
export const stallChecks: readonly WorldCheck[] = refreshSteps.flatMap((step) => [
  {
    name: `a process that stalls for ${shortMs / 1000} s ${step} and the others end with the same token`,
    async run(world) {
      const { issuer, refresh } = await signedIn(world);
      const [stalling, other] = [await world.process(refresh), await world.process(refresh)];
      const { token: late } = await haltedAt(world, stalling, step);
      const waiting = other.token();
      await world.pass(shortMs);
      stalling.continue();
      const tokens = [nameOf(await world.until(waiting)), nameOf(await world.until(late))];
      expectSame(tokens, [issuer.newest, issuer.newest], "the tokens of both processes");
      expectSame(issuer.mostUses, 1, "the uses of a refresh token");
    },
  },
  {
    name: `a process that stalls for ${longMs / 1000} s ${step} takes the tokens that another one has saved`,
    async run(world) {
      // If the process has sent the refresh token, another process sends it again. A server with a grace period accepts
      // that.
      const { issuer, refresh } = await signedIn(world, { isLenient: sentSteps.includes(step) });
      const [stalling, other] = [await world.process(refresh), await world.process(refresh)];
      const { token: late } = await haltedAt(world, stalling, step);
      const waiting = other.token();
      await world.pass(longMs);
      const taken = nameOf(await world.until(waiting));
      expectSame(taken, issuer.newest, "the token of the other process");
      stalling.continue();
      expectSame(nameOf(await world.until(late)), taken, "the token of the process that was late");
      const stored = await (await world.open()).load();
      expectSame(stored?.tokens.accessToken, taken, "the token in the store");
      expectSame([...issuer.uses.keys()], ["refresh-1"], "the refresh tokens that were used");
      if (!sentSteps.includes(step)) expectSame(issuer.mostUses, 1, "the uses of a refresh token");
    },
  },
]);
