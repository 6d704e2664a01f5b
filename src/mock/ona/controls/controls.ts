import type { ConnectOptions } from "../../engine/connect-options.js";
import type { Duration } from "../../engine/time/duration.js";
import type { OnaCreditUsageSeed, OnaOrganizationSeed, OnaProviderSeed, OnaSsoSeed } from "../seed/seed.js";
import type { OnaCreditUsageRow } from "../state/billing-rows.js";
import type {
  OnaAccountRow,
  OnaMemberRow,
  OnaOrganizationRow,
  OnaProviderRow,
  OnaRole,
  OnaSsoRow,
} from "../state/rows.js";

/** Somebody who is signed in. */
export interface OnaSession {
  /** The bearer token, in place of a personal access token. */
  readonly token: string;
  /** UUID of the person's account. */
  readonly accountId: string;
  /** Options for a client that calls as this session: `new OnaClient(session.connect())`. */
  connect(): ConnectOptions;
}

/** Somebody who is signed in to an organization. */
export interface OnaUserSession extends OnaSession {
  /** UUID of the person as a user of the organization. */
  readonly userId: string;
  /** UUID of the organization. */
  readonly organizationId: string;
}

/** Who signs in. */
export interface OnaSignInOptions {
  /** Their email. Signing in twice with one email gives one account. Letter case does not count. */
  email: string;
  /** Their name, if the account is created. Default: made from the email. */
  name?: string;
  /**
   * The organization that the token is for, by id, or by name if only one has it. They must be a member. Default: none. Such a
   * token can call the methods of accounts, and create and join organizations; the others need a user of an organization.
   */
  organization?: string;
  /** When the token expires. Default: after a year. For an exchange token: how long its access token works. Default: an hour. */
  expiresIn?: Duration;
}

/** How somebody joins an organization. */
export interface OnaJoinOptions {
  /** Default "member". */
  role?: OnaRole;
}

/** What an account has running. */
export interface OnaUsage {
  /** How many environments. Default: as before. */
  environments?: number;
  /** How many subscriptions. Default: as before. */
  subscriptions?: number;
}

/** What a test does to an Ona server other than calling it: signing in, and what happens outside the API. */
export interface OnaControls {
  /**
   * Signs a member in to an organization. Returns a session with a token that stands for them as a user of the organization.
   *
   * ```ts
   * const { userId, connect } = server.ona.signIn({ email: "ada@example.com", organization: "Acme" });
   * const client = new OnaClient(connect());
   * ```
   *
   * @throws Error for an option that is unknown or wrong, if there is no such organization, and if they are not a member.
   */
  signIn(options: OnaSignInOptions & { organization: string }): OnaUserSession;
  /**
   * Signs somebody in. Creates an account if they have none. Returns a session with a token.
   *
   * ```ts
   * const ada = server.ona.signIn({ email: "ada@example.com" });
   * const client = new OnaClient(ada.connect());
   * ```
   *
   * @throws Error for an option that is unknown or wrong.
   */
  signIn(options: OnaSignInOptions): OnaSession;
  /**
   * Makes an exchange token, as the vendor's sign-in does. `ExchangeToken` takes it once, for an access token of the same person
   * in the form of a JWT. Returns the token.
   *
   * ```ts
   * const refresh = onaExchange(new OnaClient(ada.connect()), () => server.ona.exchangeToken({ email: "ada@example.com" }));
   * ```
   *
   * @param options - who signs in. `expiresIn` is how long the access token works. Default: an hour.
   * @throws Error as `signIn` does.
   */
  exchangeToken(options: OnaSignInOptions): string;
  /** Makes a token unknown to the server, as if it had been revoked. */
  revoke(token: string): void;
  /** What the server knows of an account, by id or email. @throws Error if there is none. */
  account(idOrEmail: string): OnaAccountRow;
  /** What the server knows of an organization, by id, or by name if only one has it. @throws Error if there is none. */
  organization(idOrName: string): OnaOrganizationRow;
  /**
   * What the server knows of a person in an organization, by email or by user id. It knows who has left, too.
   *
   * ```ts
   * const { userId } = server.ona.member("Acme", "ada@example.com");
   * ```
   *
   * @throws Error if there is no such organization, or no such user in it.
   */
  member(organization: string, emailOrUserId: string): OnaMemberRow;
  /**
   * Adds an organization. With a `domain`, people with an email of that domain may join it.
   *
   * ```ts
   * server.ona.addOrganization({ name: "Acme", domain: "example.com" });
   * ```
   *
   * @throws Error if its id is taken.
   */
  addOrganization(organization: OnaOrganizationSeed): OnaOrganizationRow;
  /**
   * Adds an account to an organization. One that had left has the same user id again.
   *
   * @throws Error if either does not exist, and if the account is a member already.
   */
  join(organizationId: string, accountId: string, options?: OnaJoinOptions): OnaMemberRow;
  /** Lets an account leave an organization. Its tokens for it end. Does nothing if it is not a member. */
  leave(organizationId: string, accountId: string): void;
  /**
   * Puts the proof for a domain into its DNS, as its owner would. From then on `VerifyDomain` finds it. Takes the id of a domain
   * verification, or a domain for all its verifications.
   *
   * ```ts
   * const { id } = await client.domains.create(organizationId, { domain: "example.com" });
   * server.ona.proveDomain("example.com");
   * const { state } = await client.domains.verify(id); // "verified"
   * ```
   *
   * @throws Error if there is no such verification.
   */
  proveDomain(idOrDomain: string): void;
  /** Adds a single sign-on login of an email domain. @throws Error if its URL is not valid. */
  addSso(sso: OnaSsoSeed): OnaSsoRow;
  /** Adds a login provider: for everybody, or for an invite or an email domain. @throws Error if its URL is not valid. */
  addProvider(provider: OnaProviderSeed): OnaProviderRow;
  /** Sets what an account has running. Blocking it ends that. @throws Error if there is no such account, and for a blocked one. */
  setUsage(accountId: string, usage: OnaUsage): void;
  /**
   * Records that a user of an organization used credits, as their work would. The organization is given by id, or by name if only
   * one has it.
   *
   * ```ts
   * server.ona.useCredits("Acme", { email: "ada@example.com", credits: 12.5, type: "agentic" });
   * ```
   *
   * @throws Error for a value that is unknown or wrong, if there is no such organization, and if the person was never a member.
   */
  useCredits(organization: string, usage: OnaCreditUsageSeed): OnaCreditUsageRow;
  /**
   * Sets how many credits a user should use in a month at most, a whole number; null for no budget. The API has no call for it
   * in this version. The user is given by email or user id.
   *
   * @throws Error as `useCredits` does.
   */
  setCreditBudget(organization: string, emailOrUserId: string, credits: number | null): OnaMemberRow;
  /** Blocks an account as the vendor would, or with null unblocks it. @throws Error if there is no such account. */
  setBlocked(accountId: string, reason: string | null): void;
}
