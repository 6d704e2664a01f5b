import { signInOf } from "./issuer.js";
import type { Asked, SimulatedProcess, World } from "./world.js";

/** What can happen in a run besides calls. */
export interface Troubles {
  readonly changes: boolean;
  readonly stops: boolean;
  readonly deaths: boolean;
  readonly store: boolean;
  readonly server: boolean;
}

/** Errors with which a call may fail. */
const allowed = [
  "SignInAgainError",
  "SessionChangedError",
  "TokenStoreError",
  "NetworkError",
  "TokenRefreshError",
];

/** The calls of a run. Each is checked when it settles. */
export class Calls {
  readonly all: Asked[] = [];
  /** Whether time has passed while something was under way. */
  isLate = false;
  /** How likely a call that has failed is made again at once. */
  persistence = 0;
  readonly #world: World;
  readonly #troubles: Troubles;

  constructor(world: World, troubles: Troubles) {
    this.#world = world;
    this.#troubles = troubles;
  }

  /** Lets a process request a token. */
  ask(
    process: SimulatedProcess,
    options: { rejected?: string | undefined; sent?: string | undefined },
  ): Asked {
    const { simulation } = this.#world;
    const controller = new AbortController();
    const { rejected, sent = rejected } = options;
    const asked: Asked = {
      process,
      rejected,
      sent,
      left: new Set(process.left),
      last: process.last,
      controller,
    };
    const acceptedBefore = new Set(process.accepted);
    this.all.push(asked);
    simulation.note(`${process.name} asks ${JSON.stringify(options)}`);
    process.source.token({ ...options, signal: controller.signal }).then(
      (token) => {
        asked.outcome = token;
        simulation.note(`${process.name} gets ${token}`);
        this.#world.check(() => this.#checkToken(asked, token, acceptedBefore));
        process.token = token;
      },
      (reason: unknown) => {
        const error = reason instanceof Error ? reason : new Error(String(reason));
        asked.outcome = error;
        simulation.note(`${process.name} gets ${error.name}: ${error.message}`);
        this.#world.check(() => this.#checkError(asked, error));
        if (simulation.chance(this.persistence)) this.ask(process, {});
      },
    );
    return asked;
  }

  #checkToken(asked: Asked, token: string, acceptedBefore: ReadonlySet<number>): void {
    const { process, rejected, sent, left, last } = asked;
    const signIn = signInOf(token);
    const text = `${process.name} gets ${token}`;
    if (token === rejected) throw new Error(`${text}, which was refused`);
    if (sent !== undefined && signInOf(sent) !== signIn)
      throw new Error(`${text} for a call sent with ${sent}`);
    // Any process that starts signs in with the initial tokens.
    if (left.has(signIn) && signIn > 0 && !process.hasStoreFailed)
      throw new Error(`${text} of a sign-in that it had left`);
    if (this.#world.setup.followSignIns) return;
    const isNew = process.accepted.has(signIn) && !acceptedBefore.has(signIn);
    if (last === undefined) {
      process.bound ??= signIn;
      if (process.last === undefined && process.bound !== signIn)
        throw new Error(`${text}, but began with ${process.bound}`);
    } else if (signIn !== last && !isNew) throw new Error(`${text} after ${last}`);
  }

  #checkError({ process, controller }: Asked, error: Error): void {
    if (controller.signal.aborted && error === controller.signal.reason) return;
    if (!allowed.includes(error.name))
      throw new Error(`${process.name} gets ${error.name}: ${error.message}`);
    const { changes, store, server, stops, deaths } = this.#troubles;
    if (
      error.name === "SessionChangedError" &&
      !changes &&
      !this.#world.setup.grantsFirst &&
      !this.#world.setup.hasInitial
    )
      throw new Error(`${process.name} gets ${error.name}, although there was no sign-in`);
    const isCalm = !store && !server && !stops && !deaths && !changes;
    if (isCalm && !this.isLate && this.#world.stored)
      throw new Error(`${process.name} gets ${error.name}: ${error.message}`);
  }

  /** Aborts a call that has not settled. */
  abort(): void {
    const pending = this.all.filter(({ outcome }) => outcome === undefined);
    const call = this.#world.simulation.pick(pending);
    if (!call) return;
    const { controller, process } = call;
    this.#world.simulation.note(`a call of ${process.name} is aborted`);
    controller.abort(new Error("enough"));
  }
}
