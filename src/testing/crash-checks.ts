import { expect, expectSame, type WorldCheck } from "./check.js";
import { haltedAt, nameOf, signedIn } from "./refresh-scenario.js";
import { refreshSteps, sentSteps } from "./steps.js";

/** The checks of a process that dies, one for each step of a refresh. */
export const crashChecks: readonly WorldCheck[] = refreshSteps.map((step) => ({
  name: `a process that dies ${step} does not make the others use a refresh token twice`,
  async run(world) {
    const { issuer, refresh } = await signedIn(world);
    const [dying, other] = [await world.process(refresh), await world.process(refresh)];
    await haltedAt(world, dying, step);
    const outcome = nameOf(await world.until(other.token()));
    // The new tokens are lost, so that no other process can refresh.
    if (sentSteps.includes(step)) {
      expectSame(outcome, "SignInAgainError", "what the other process's call fails with");
      expect(issuer.mostUses <= 2, "a refresh token that was refused was sent again");
      const again = nameOf(await world.until(other.token()));
      expectSame(again, "SignInAgainError", "what the next call fails with");
      expect(issuer.mostUses <= 2, "a refresh token that was refused was sent again");
      await world.until(other.source.accept(issuer.signIn()));
      expectSame(await world.until(other.token()), issuer.newest, "the token after a new sign-in");
      return;
    }
    expectSame(outcome, issuer.newest, "the other process's token");
    expectSame(issuer.mostUses, 1, "the uses of a refresh token");
  },
}));
