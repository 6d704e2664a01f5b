import { expect, expectSame, type WorldCheck } from "./check.js";
import { haltedAt, lifeMs, nameOf, signedIn } from "./refresh-scenario.js";

/** The checks of processes that share a store. */
export const sharingChecks: readonly WorldCheck[] = [
  {
    name: "ten processes with an expired token make one refresh",
    async run(world) {
      const { issuer, refresh } = await signedIn(world);
      const processes = await Promise.all(Array.from({ length: 10 }, () => world.process(refresh)));
      const tokens = await world.until(Promise.all(processes.map((process) => process.token())));
      expectSame([...new Set(tokens)], [issuer.newest], "the tokens of the ten processes");
      expectSame(issuer.uses.size, 1, "the number of refreshes");
    },
  },
  {
    name: "a full disk does not stop a process: the new tokens stay in memory, and are saved later",
    async run(world) {
      const { issuer, refresh } = await signedIn(world);
      const disk = { isFull: true };
      const process = await world.process(refresh, disk);
      expectSame(await world.until(process.token()), "access-2", "the token in memory");
      await world.pass(lifeMs);
      disk.isFull = false;
      expectSame(await world.until(process.token()), "access-3", "the token after the next refresh");
      const other = await world.process(refresh);
      expectSame(await world.until(other.token()), "access-3", "the token of another process");
      expectSame(issuer.mostUses, 1, "the uses of a refresh token");
    },
  },
  {
    name: "clear during a refresh signs out: the new tokens are dropped",
    async run(world) {
      const { refresh, first } = await signedIn(world);
      const process = await world.process(refresh);
      const { token } = await haltedAt(world, process, "after sending");
      await world.until(first.source.clear());
      process.continue();
      expectSame(nameOf(await world.until(token)), "SignInAgainError", "what the call fails with");
      expectSame(await (await world.open()).load(), undefined, "what the cleared store loads");
    },
  },
  {
    name: "a new sign-in during a refresh is kept: the new tokens of the old session are dropped",
    async run(world) {
      const { refresh, first } = await signedIn(world);
      const process = await world.process(refresh);
      const { token } = await haltedAt(world, process, "after sending");
      await world.until(first.source.accept({ accessToken: "grace", refreshToken: "grace-refresh" }));
      process.continue();
      expectSame(nameOf(await world.until(token)), "SessionChangedError", "what the call fails with");
      const stored = await (await world.open()).load();
      expect(stored?.tokens.accessToken === "grace", "the tokens of the new sign-in are lost");
    },
  },
];
