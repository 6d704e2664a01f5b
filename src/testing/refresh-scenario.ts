import type { Process } from "./process.js";
import { SingleUseIssuer } from "./single-use-issuer.js";
import type { RefreshStep } from "./steps.js";
import type { World } from "./world.js";

/** How long an access token is valid, in milliseconds. */
export const lifeMs = 3_600_000;

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

/** The errors that a correct store may cause. */
const expectedErrors = ["SignInAgainError", "SessionChangedError"];

/** Returns the token, or the name of the error's class. Other errors are returned with their message. */
export function nameOf(outcome: string | Error): string {
  if (!(outcome instanceof Error)) return outcome;
  return expectedErrors.includes(outcome.name) ? outcome.name : `${outcome.name}: ${outcome.message}`;
}
