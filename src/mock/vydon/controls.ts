import type { Connect, ConnectOptions } from "../engine/connect.js";
import type { Duration } from "../engine/duration.js";
import { toMs } from "../engine/duration.js";
import { newJwt } from "../engine/jwt.js";
import { named } from "../engine/named.js";
import { Sessions } from "../engine/sessions.js";
import { nobody } from "./access.js";
import { callerOf, enroll, identify } from "./people.js";
import type { AccountRow, MeterEventRow, Vydon, VydonCaller } from "./state.js";
import { newCustomer } from "./stripe.js";
import { newApiKey, newWorkerKey } from "./tokens.js";

/** Somebody signed in to the mock, or a key. */
export interface VydonSession {
  /** The bearer token. */
  readonly token: string;
  /** The user's id: the one they have, or will have once they register. The all-zero UUID for a worker. */
  readonly userId: string;
  /** Options for a client that calls as this session: `new VydonClient(session.connect())`. */
  connect(): ConnectOptions;
}

/** Who signs in. */
export interface SignInOptions {
  /** Their email; signing in twice with one email gives one user. */
  email: string;
  /** Their name. Default: made of the email. */
  name?: string;
  /** Whether they are known to the server. Default true; false for somebody who has yet to call `users.register`. */
  registered?: boolean;
  /** When the token lapses. Default: after a year. */
  expiresIn?: Duration;
}

const year = 365 * 24 * 3_600_000;

/** What a test does to a Vydon server other than calling it: signing in, and what happens outside the API. */
export class VydonControls {
  readonly #vydon: Vydon;
  readonly #sessions: Sessions<VydonCaller>;
  readonly #connect: Connect;

  /** Made by the server. */
  constructor(vydon: Vydon, connect: Connect) {
    this.#vydon = vydon;
    this.#sessions = new Sessions(vydon.state.sessions, vydon.clock);
    this.#connect = connect;
  }

  /**
   * Signs a user in; answers a session with a token in the shape of a JWT.
   *
   * ```ts
   * const ada = server.vydon.signIn({ email: "ada@example.com" });
   * const client = new VydonClient(ada.connect());
   * ```
   */
  signIn({ email, name, registered = true, expiresIn = year }: SignInOptions): VydonSession {
    const { clock, ids } = this.#vydon;
    const now = clock.now();
    const expiresAt = now + toMs(expiresIn);
    const identity = identify(this.#vydon, name === undefined ? { email } : { email, name });
    if (registered) enroll(this.#vydon, identity);
    const claims = {
      sub: identity.id,
      email,
      name: identity.name,
      iat: seconds(now),
      exp: seconds(expiresAt),
    };
    return this.#open(newJwt(ids, claims), callerOf(identity), expiresAt);
  }

  /** Makes an API key of an account. `expiresIn` default: a year. @throws Error where there is no such account. */
  apiKey(accountId: string, { expiresIn = year }: { expiresIn?: Duration } = {}): VydonSession {
    const { clock, ids } = this.#vydon;
    this.account(accountId);
    const caller: VydonCaller = { kind: "api_key", userId: ids.uuid(), accountId };
    return this.#open(newApiKey(ids), caller, clock.now() + toMs(expiresIn));
  }

  /** Makes a worker's key: the credentials of the vendor's own machinery, which is in every account. */
  workerKey(): VydonSession {
    return this.#open(newWorkerKey(this.#vydon.ids), { kind: "worker_key", userId: nobody }, null);
  }

  /** Makes a token unknown to the server, as if it had been revoked. */
  revoke(token: string): void {
    this.#sessions.revoke(token);
  }

  /**
   * What the server knows of an account, by id, or by name where only one account has it.
   *
   * @throws Error where there is none, or several of the name.
   */
  account(idOrName: string): AccountRow {
    return named(this.#vydon.state.accounts, idOrName, "account");
  }

  /**
   * Pays for a team account. At once; or, with `settlesIn`, once that time has passed: until then the account's validity
   * says that it should be polled.
   *
   * @throws Error where there is no such account, and for a personal one.
   */
  subscribe(accountId: string, { settlesIn }: { settlesIn?: Duration } = {}): void {
    const { state, clock, ids } = this.#vydon;
    const account = this.account(accountId);
    if (account.type === "personal")
      throw new Error(`account ${accountId} is personal: only a team can subscribe`);
    state.accounts.update(account.id, {
      stripeCustomerId: account.stripeCustomerId ?? newCustomer(ids),
      ...(settlesIn === undefined
        ? { subscription: "active", settlesAt: null }
        : { settlesAt: clock.now() + toMs(settlesIn) }),
    });
  }

  /** Ends an account's subscription. @throws Error where there is no such account. */
  lapse(accountId: string): void {
    const { id } = this.account(accountId);
    this.#vydon.state.accounts.update(id, { subscription: "lapsed", settlesAt: null });
  }

  /** Adds to the records that an account has used. @throws Error where there is no such account. */
  recordUsage(accountId: string, records: number): void {
    const { id, usedRecords } = this.account(accountId);
    this.#vydon.state.accounts.update(id, { usedRecords: usedRecords + records });
  }

  /** Sets how many records an account may use; null for no limit. @throws Error where there is no such account. */
  limitUsage(accountId: string, records: number | null): void {
    this.#vydon.state.accounts.update(this.account(accountId).id, { allowedRecords: records });
  }

  /** The meter events that an account was charged for, each once. @throws Error where there is no such account. */
  meterEvents(accountId: string): MeterEventRow[] {
    return this.#vydon.state.meterEvents.by("account", this.account(accountId).id);
  }

  #open(token: string, caller: VydonCaller, expiresAt: number | null): VydonSession {
    this.#sessions.open(token, caller, expiresAt);
    return { token, userId: caller.userId, connect: () => this.#connect(token) };
  }
}

function seconds(ms: number): number {
  return Math.floor(ms / 1_000);
}
