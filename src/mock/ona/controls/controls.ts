import { anyText, count, duration, object, oneOf, optional, text } from "../../engine/check-json.js";
import type { Connect, ConnectOptions } from "../../engine/connect-options.js";
import { type Duration, toMs } from "../../engine/time/duration.js";
import { roleNames } from "../messages.js";
import { plantOrganization, plantProvider, plantSso } from "../seed/apply-seed.js";
import {
  checkOrganization,
  checkProvider,
  checkSso,
  type OnaOrganizationSeed,
  type OnaProviderSeed,
  type OnaSsoSeed,
} from "../seed/seed.js";
import { accountOf, addMember, blockAccount, openSession, unblockAccount } from "../state/find-or-create.js";
import {
  type AccountRow,
  type MemberRow,
  memberId,
  type Ona,
  type OrganizationRow,
  type ProviderRow,
  type Role,
  type SsoRow,
} from "../state/state.js";

/** Somebody signed in to the mock's Ona. */
export interface OnaSession {
  /** The bearer token, in the place of a personal access token. */
  readonly token: string;
  /** UUID of the person's account. */
  readonly accountId: string;
  /** Options for a client that calls as this session: `new OnaClient(session.connect())`. */
  connect(): ConnectOptions;
}

/** Who signs in. */
export interface OnaSignInOptions {
  /** Their email. Signing in twice with one email, in upper or lower case, gives one account. */
  email: string;
  /** Their name. Default: made of the email. */
  name?: string;
  /** When the token lapses. Default: after a year. */
  expiresIn?: Duration;
}

const checkSignIn = object<OnaSignInOptions>({
  email: text,
  name: optional(anyText),
  expiresIn: optional(duration),
});
const checkJoin = object<{ role?: Role }>({ role: optional(oneOf(roleNames)) });
const checkUsage = object<{ environments?: number; subscriptions?: number }>({
  environments: optional(count),
  subscriptions: optional(count),
});

const year = 365 * 24 * 3_600_000;

/** What a test does to an Ona server other than calling it: signing in, and what happens outside the API. */
export class OnaControls {
  readonly #ona: Ona;
  readonly #connect: Connect;

  /** Made by the server. */
  constructor(ona: Ona, connect: Connect) {
    this.#ona = ona;
    this.#connect = connect;
  }

  /**
   * Signs somebody in, with a new account where they have none; answers a session with a token.
   *
   * ```ts
   * const ada = server.ona.signIn({ email: "ada@example.com" });
   * const client = new OnaClient(ada.connect());
   * ```
   */
  signIn(options: OnaSignInOptions): OnaSession {
    checkSignIn(options, "signIn");
    const { email, name, expiresIn = year } = options;
    const { clock, ids } = this.#ona;
    const expiresAt = clock.now() + toMs(expiresIn);
    const { id } = accountOf(this.#ona, name === undefined ? { email } : { email, name });
    const token = `gitpod_pat_${ids.token(40, email.toLowerCase())}`;
    openSession(this.#ona, token, id, expiresAt);
    return { token, accountId: id, connect: () => this.#connect(token) };
  }

  /** Makes a token unknown to the server, as if it had been revoked. */
  revoke(token: string): void {
    this.#ona.state.sessions.delete(token);
  }

  /** What the server knows of an account, by id or email. @throws Error if there is none. */
  account(idOrEmail: string): AccountRow {
    const { accounts } = this.#ona.state;
    const account = accounts.get(idOrEmail) ?? accounts.by("email", idOrEmail.toLowerCase())[0];
    if (account === undefined) throw new Error(`there is no account "${idOrEmail}" on this server`);
    return account;
  }

  /**
   * Founds an organization. With a `domain`, whoever has an email there may join it.
   *
   * ```ts
   * server.ona.addOrganization({ name: "Acme", domain: "example.com" });
   * ```
   *
   * @throws Error if its id is taken.
   */
  addOrganization(organization: OnaOrganizationSeed): OrganizationRow {
    checkOrganization(organization, "organization");
    return plantOrganization(this.#ona, organization, "organization");
  }

  /** Puts an account into an organization. @throws Error if either is not there, and for who is in it already. */
  join(organizationId: string, accountId: string, options: { role?: Role } = {}): MemberRow {
    checkJoin(options, "join");
    const { role = "member" } = options;
    if (!this.#ona.state.organizations.has(organizationId))
      throw new Error(`there is no organization ${organizationId} on this server`);
    return addMember(this.#ona, organizationId, this.account(accountId), role);
  }

  /** Takes an account out of an organization; fine where it is not in it. */
  leave(organizationId: string, accountId: string): void {
    this.#ona.state.members.delete(memberId(organizationId, accountId));
  }

  /** Adds a single sign-on login to an email domain. @throws Error if its URL is none. */
  addSso(sso: OnaSsoSeed): SsoRow {
    checkSso(sso, "sso");
    return plantSso(this.#ona, sso);
  }

  /** Adds a way to log in: for everybody, or for an invite or an email domain. @throws Error if its URL is none. */
  addProvider(provider: OnaProviderSeed): ProviderRow {
    checkProvider(provider, "provider");
    return plantProvider(this.#ona, provider);
  }

  /** Sets what an account has running, which blocking it ends. @throws Error if there is no such account, and for a blocked one. */
  setUsage(accountId: string, usage: { environments?: number; subscriptions?: number }): void {
    checkUsage(usage, "usage");
    const { id, blockedFor, environments, subscriptions } = this.account(accountId);
    if (blockedFor !== null) throw new Error(`account ${id} is blocked: nothing of it can run`);
    this.#ona.state.accounts.update(id, { environments, subscriptions, ...usage });
  }

  /** Blocks an account, or with null lets it in again, as the vendor would. @throws Error if there is no such account. */
  setBlocked(accountId: string, reason: string | null): void {
    const account = this.account(accountId);
    if (reason === null) unblockAccount(this.#ona, account);
    else blockAccount(this.#ona, account, reason);
  }
}
