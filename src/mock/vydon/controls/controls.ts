import { anyText, duration, flag, object, optional, text } from "../../engine/check-json.js";
import type { Connect, ConnectOptions } from "../../engine/connect-options.js";
import { newJwt } from "../../engine/state/jwt.js";
import { Sessions } from "../../engine/state/sessions.js";
import type { Duration } from "../../engine/time/duration.js";
import { toMs } from "../../engine/time/duration.js";
import { nobody } from "../access/access.js";
import type { VydonIssuer } from "../issuer/issuer.js";
import { callerOf, enroll, identify, newKeyHolder } from "../state/find-or-create.js";
import type { Vydon, VydonHolder } from "../state/state.js";
import { newApiKey, newWorkerKey } from "../state/tokens.js";
import { VydonBillingControls } from "./billing-controls.js";

/** Somebody signed in to the mock, or a key. */
export interface VydonSession {
  /** The bearer token. */
  readonly token: string;
  /** The user's id: the one they have, or will have once they register. The all-zero UUID for a worker. */
  readonly userId: string;
  /** Options for a client that calls as this session: `new VydonClient(session.connect())`. */
  connect(): ConnectOptions;
}

/** An account's API key. */
export interface VydonKeySession extends VydonSession {
  /** UUID of the key. It is not the key's user. */
  readonly keyId: string;
}

/** Who signs in. */
export interface SignInOptions {
  /**
   * Their email. Signing in twice with one email gives one user. Letter case counts, because the real server compares the email of a
   * token and of an invite letter by letter: `Ada@example.com` and `ada@example.com` are two users.
   */
  email: string;
  /** Their name. Default: made of the email. */
  name?: string;
  /** Whether they are known to the server. Default true; false for somebody who has yet to call `users.register`. */
  registered?: boolean;
  /** When the token expires. The server accepts it for one more minute. Default: after a year. */
  expiresIn?: Duration;
}

const checkSignIn = object<SignInOptions>({
  email: text,
  name: optional(anyText),
  registered: optional(flag),
  expiresIn: optional(duration),
});
const checkKey = object<{ expiresIn?: Duration }>({ expiresIn: optional(duration) });

const year = 365 * 24 * 3_600_000;

/** What a test does to a Vydon server other than calling it: signing in, and what happens outside the API. */
export class VydonControls extends VydonBillingControls {
  readonly #vydon: Vydon;
  readonly #sessions: Sessions<VydonHolder>;
  readonly #connect: Connect;
  /** The identity provider behind the server, with refresh tokens. */
  readonly issuer: VydonIssuer;

  /** Made by the server. */
  constructor(vydon: Vydon, connect: Connect, issuer: VydonIssuer) {
    super(vydon);
    this.issuer = issuer;
    this.#vydon = vydon;
    this.#sessions = new Sessions(vydon.state.sessions, vydon.clock);
    this.#connect = connect;
  }

  /**
   * Signs a user in. Returns a session with a token in the shape of a JWT.
   *
   * ```ts
   * const ada = server.vydon.signIn({ email: "ada@example.com" });
   * const client = new VydonClient(ada.connect());
   * ```
   */
  signIn(options: SignInOptions): VydonSession {
    checkSignIn(options, "signIn");
    const { email, name, registered = true, expiresIn = year } = options;
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

  /**
   * Makes an API key of an account, given by id or name. The key has a user of its own, who is not a member. In its account,
   * it may do what an admin may. It expires after `expiresIn`, by default a year.
   *
   * @throws Error if there is no such account.
   */
  apiKey(accountId: string, options: { expiresIn?: Duration } = {}): VydonKeySession {
    checkKey(options, "apiKey");
    const { expiresIn = year } = options;
    const { clock, ids } = this.#vydon;
    const holder = newKeyHolder(this.#vydon, this.account(accountId).id);
    const session = this.#open(newApiKey(ids), holder, clock.now() + toMs(expiresIn));
    return { ...session, keyId: holder.keyId };
  }

  /**
   * Makes a worker's key: the credentials of the vendor's own machinery. In the cloud, it may call `IsAccountStatusValid`,
   * `GetBillingAccounts` and `SetBillingMeterEvent`. All other calls with it fail as with an unknown token.
   */
  workerKey(): VydonSession {
    return this.#open(newWorkerKey(this.#vydon.ids), { kind: "worker_key", userId: nobody }, null);
  }

  /** Makes a token unknown to the server, as if it had been revoked. */
  revoke(token: string): void {
    this.#sessions.revoke(token);
  }

  /** Lets an invite expire now, given by its id. @throws Error if there is no such invite. */
  expireInvite(inviteId: string): void {
    const { state, clock } = this.#vydon;
    if (!state.invites.has(inviteId)) throw new Error(`there is no invite ${inviteId} on this server`);
    state.invites.update(inviteId, { expiresAt: clock.now() });
  }

  /** Lets an API key expire now. @throws Error if no API key has this token. */
  expireApiKey(token: string): void {
    const { state, clock } = this.#vydon;
    if (state.sessions.get(token)?.who.kind !== "api_key") throw new Error("no API key has this token");
    state.sessions.update(token, { expiresAt: clock.now() });
  }

  /** Lets an API key expire now, given by its id, as in {@link VydonKeySession.keyId}. @throws Error if there is no such key. */
  expireApiKeyById(keyId: string): void {
    const session = this.#vydon.state.sessions.find(
      ({ who }) => who.kind === "api_key" && who.keyId === keyId,
    );
    if (session === undefined) throw new Error(`there is no API key ${keyId} on this server`);
    this.expireApiKey(session.id);
  }

  #open(token: string, caller: VydonHolder, expiresAt: number | null): VydonSession {
    this.#sessions.open(token, caller, expiresAt);
    return { token, userId: caller.userId, connect: () => this.#connect(token) };
  }
}

function seconds(ms: number): number {
  return Math.floor(ms / 1_000);
}
