import type { WorldCheck } from "./check.js";
import { expect, expectSame } from "./expect.js";
import { SingleUseIssuer } from "./single-use-issuer.js";
import type { RefreshStep } from "./steps.js";
import type { Process, World } from "./world.js";

const lifeMs = 3_600_000;

/** Signs in a process, and lets its token expire. Returns the process, the issuer, and a `refresh` function for more processes. */
export async function signedIn(world: World, options: { isLenient?: boolean } = {}) {
  const issuer = new SingleUseIssuer(() => world.time.now, { lifeMs, ...options });
  const refresh = ({ refreshToken }: { refreshToken: string | undefined }) => issuer.refresh(refreshToken);
  const first = await world.process(refresh);
  await world.until(first.source.accept({ ...issuer.signIn(), expiresAt: world.time.now + 1 }));
  await world.pass(10);
  return { issuer, refresh, first };
}

/** Lets a process request a token, and halts it at a step of the refresh. `token` settles after the process continues. */
export async function haltedAt(
  world: World,
  process: Process,
  step: RefreshStep,
): Promise<{ token: Promise<string | Error> }> {
  const halted = process.haltAt(step);
  const token = process.token();
  const problem = `a call does not reach the step "${step}"`;
  await world.until(
    Promise.race([
      halted,
      token.then((outcome) => Promise.reject(new Error(`${problem}: it ends with ${nameOf(outcome)}`))),
    ]),
    problem,
  );
  return { token };
}

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

/** The errors that a correct store may cause. */
const expectedErrors = ["SignInAgainError", "SessionChangedError"];

/** Returns the token, or the name of the error's class. Other errors are returned with their message. */
export function nameOf(outcome: string | Error): string {
  if (!(outcome instanceof Error)) return outcome;
  return expectedErrors.includes(outcome.name) ? outcome.name : `${outcome.name}: ${outcome.message}`;
}
